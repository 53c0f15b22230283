import type { Env } from "@/lib/env";

/** What the workspace's own work goes by. */
const PLAIN = [
  "APP_URL",
  "DEMO",
  "SMS_PROVIDER",
  "EMAIL_PROVIDER",
] as const satisfies readonly (keyof Env)[];

/** Of everything else only whether it is set: where the machine keeps what is its operator's to know. */
const HIDDEN = [
  "TWILIO_ACCOUNT_SID",
  "TWILIO_AUTH_TOKEN",
  "TWILIO_PHONE_NUMBER",
  "TWILIO_WHATSAPP_NUMBER",
  "TWILIO_API_URL",
  "AWS_REGION",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SNS_SENDER",
  "SMTP_HOST",
  "SMTP_PORT",
  "SMTP_SECURITY",
  "SMTP_USERNAME",
  "SMTP_PASSWORD",
  "SMTP_FROM_EMAIL",
  "RESEND_API_KEY",
  "RESEND_BASE_URL",
  "RESEND_WEBHOOK_SECRET",
  "DATABASE_URL",
  "DATABASE_DIRECT_URL",
  "AUTH_SECRET",
  "ENCRYPTION_KEY",
  "INNGEST_EVENT_KEY",
  "INNGEST_SIGNING_KEY",
] as const satisfies readonly (keyof Env)[];

const MASK = "••••••";

/** The environment as an administrator may see it (R216): a value is `null` where it is not set. */
export function maskedEnvironment(env: Env): { name: string; value: string | null }[] {
  return [
    ...PLAIN.map((name) => ({ name, value: env[name] === undefined ? null : String(env[name]) })),
    ...HIDDEN.map((name) => ({ name, value: env[name] === undefined ? null : MASK })),
  ];
}
