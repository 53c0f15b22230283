import type { Env } from "@/lib/env";

/** What may be read; of everything else only whether it is set. */
const PLAIN = [
  "PORT",
  "HOST",
  "APP_URL",
  "ROLE",
  "LOG_LEVEL",
  "DEMO",
  "SCHEDULER_INTERVAL_SECONDS",
  "SMS_PROVIDER",
  "TWILIO_PHONE_NUMBER",
  "TWILIO_WHATSAPP_NUMBER",
  "TWILIO_API_URL",
  "AWS_REGION",
  "AWS_SNS_SENDER",
  "EMAIL_PROVIDER",
  "SMTP_HOST",
  "SMTP_PORT",
  "SMTP_SECURITY",
  "SMTP_FROM_EMAIL",
  "RESEND_BASE_URL",
] as const satisfies readonly (keyof Env)[];

const HIDDEN = [
  "DATABASE_URL",
  "DATABASE_DIRECT_URL",
  "AUTH_SECRET",
  "ENCRYPTION_KEY",
  "TWILIO_ACCOUNT_SID",
  "TWILIO_AUTH_TOKEN",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "SMTP_USERNAME",
  "SMTP_PASSWORD",
  "RESEND_API_KEY",
  "RESEND_WEBHOOK_SECRET",
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
