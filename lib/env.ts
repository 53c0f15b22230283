import { existsSync } from "node:fs";
import { z } from "zod";
import { domainOf } from "./domain/integration-input";
import { smtpOrigin, smtpSid } from "./domain/smtp-server";
import { snsOrigin } from "./domain/sns";
import type { SystemCredentials } from "./domain/system-credentials";

const flag = z
  .enum(["true", "false", "1", "0"])
  .transform((text) => text === "true" || text === "1");
const origin = z
  .url({ protocol: /^https?$/, error: "must be an http(s) origin such as https://sms.example.org" })
  .transform((text) => new URL(text).origin);
const port = z.coerce.number().int().min(1).max(65_535);

/** Every variable that the product reads; all are optional on one machine. */
const variables = z.object({
  /** Port of the app. */
  PORT: port.default(3000),
  /** Address that the app listens on. Anything but loopback makes the launcher strict. */
  HOST: z.string().default("127.0.0.1"),
  /** Public origin of the app: webhook URLs, their signatures and links are made from it. */
  APP_URL: origin.optional(),
  /** Folder of everything the app keeps on this machine: database, generated secrets. */
  DATA_DIR: z.string().default(".data"),
  /** PostgreSQL 15 or newer; unset: the embedded one. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** The same database without a pooler between, for LISTEN. */
  DATABASE_DIRECT_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Signs sessions and links, at least 32 characters; unset: generated into DATA_DIR. */
  AUTH_SECRET: z.string().min(32).optional(),
  /** Seals provider credentials: 32 bytes as hex or base64. With commas: the first seals, all open. */
  ENCRYPTION_KEY: z
    .string()
    .refine(isKeyList, "must be 32 bytes as 64 hex digits or base64; several with commas")
    .optional(),
  /** Provider of the "system" integration that TWILIO_ACCOUNT_SID, or the key of AWS, makes. */
  SMS_PROVIDER: z.enum(["twilio", "aws_sns", "console"]).default("twilio"),
  /** With TWILIO_AUTH_TOKEN: a "system" integration in the oldest workspace. */
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-fA-F]{32}$/, "must be AC followed by 32 hex digits")
    .optional(),
  TWILIO_AUTH_TOKEN: z.string().optional(),
  /** Sender of the system integration: E.164, short code or alphanumeric. */
  TWILIO_PHONE_NUMBER: z
    .string()
    .regex(
      /^(\+[1-9]\d{6,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11})$/,
      "must be a number with + and country code and no spaces, a short code or a name",
    )
    .optional(),
  /** WhatsApp sender, with or without its `whatsapp:` prefix. */
  TWILIO_WHATSAPP_NUMBER: z
    .string()
    .regex(/^(whatsapp:)?\+[1-9]\d{6,14}$/, "must be a number with + and country code")
    .transform((text) => text.replace(/^whatsapp:/, ""))
    .optional(),
  /** Origin instead of every twilio.com API, media included; passes the address check. */
  TWILIO_API_URL: origin.optional(),
  /** With SMS_PROVIDER=aws_sns: the key, its region and the sender of the "system" integration. */
  AWS_ACCESS_KEY_ID: z
    .string()
    .regex(/^[A-Z0-9]{16,128}$/, "must be an access key id such as AKIA… in capitals and digits")
    .optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  AWS_REGION: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be a region such as eu-west-3")
    .optional(),
  /** A sender id of 3 to 11 letters and digits, or a number of the account with its +. */
  AWS_SNS_SENDER: z
    .string()
    .regex(
      /^(\+[1-9]\d{6,14}|(?=.*[A-Za-z])[A-Za-z0-9]{3,11})$/,
      "must be 3 to 11 letters and digits, or a number with + and country code",
    )
    .optional(),
  /** Origin instead of every region's SNS. */
  AWS_ENDPOINT_URL_SNS: origin.optional(),
  /** Provider of the "system" sender of e-mails; unset: what RESEND_API_KEY or SMTP_HOST says. */
  EMAIL_PROVIDER: z.enum(["resend", "smtp", "console"]).optional(),
  SMTP_HOST: z.string().optional(),
  SMTP_PORT: port.default(587),
  /** Unset: encrypted from the start on port 465, encrypted once greeted on any other. */
  SMTP_SECURITY: z.enum(["tls", "starttls", "none"]).optional(),
  SMTP_USERNAME: z.string().optional(),
  SMTP_PASSWORD: z.string().optional(),
  /** From address of the system sender, with Resend too. */
  SMTP_FROM_EMAIL: z
    .email("must be an e-mail address such as notices@example.org")
    .transform((text) => text.toLowerCase())
    .optional(),
  RESEND_API_KEY: z.string().startsWith("re_", "must be an API key of Resend, re_…").optional(),
  /** Origin instead of Resend's. */
  RESEND_BASE_URL: origin.optional(),
  RESEND_WEBHOOK_SECRET: z
    .string()
    .startsWith("whsec_", "must be a signing secret of Resend, whsec_…")
    .optional(),
  /** Real job engine: 1 or the address of an Inngest dev server. */
  INNGEST_DEV: z
    .union([flag, z.url({ protocol: /^https?$/ })], "must be 1, 0 or an http(s) address")
    .optional(),
  /** Real job engine: address of a self-hosted Inngest server. */
  INNGEST_BASE_URL: z.url().optional(),
  INNGEST_EVENT_KEY: z.string().optional(),
  /** Real job engine: Inngest cloud or a self-hosted server. */
  INNGEST_SIGNING_KEY: z.string().optional(),
  /** Origin at which the job engine reaches this app, when it is not APP_URL. */
  INNGEST_SERVE_ORIGIN: origin.optional(),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  /** Demo workspace, logins and simulator; unset: true in development, else false. */
  DEMO: flag.optional(),
  /** Seconds between two sweeps of the embedded job engine. */
  SCHEDULER_INTERVAL_SECONDS: z.coerce.number().int().min(1).max(3600).default(60),
  /** `worker` serves only /api/inngest and /api/health; `web` runs no embedded job engine. */
  ROLE: z.enum(["all", "web", "worker"]).default("all"),
});

export type Env = z.infer<typeof variables>;

/** A variable has a value that cannot be used; the message is one line that names it. */
export class WrongVariable extends Error {}

/**
 * The environment, checked. Empty strings count as unset, as compose files pass them.
 *
 * @throws {WrongVariable} for the first variable that is wrong.
 */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const given = Object.entries(source).filter(([, value]) => value !== undefined && value !== "");
  const result = variables.safeParse(Object.fromEntries(given));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new WrongVariable(`${issue?.path.join(".")}: ${issue?.message}`);
  }
  checkPairs(result.data);
  checkSns(result.data);
  checkEmail(result.data);
  return result.data;
}

function isKeyList(text: string) {
  return text
    .split(",")
    .map((key) => key.trim())
    .every((key) => /^[0-9a-f]{64}$/i.test(key) || Buffer.from(key, "base64").length === 32);
}

function checkPairs(env: Env) {
  if (env.TWILIO_ACCOUNT_SID && !env.TWILIO_AUTH_TOKEN) {
    throw new WrongVariable("TWILIO_AUTH_TOKEN: is needed because TWILIO_ACCOUNT_SID is set");
  }
  if (env.TWILIO_AUTH_TOKEN && !env.TWILIO_ACCOUNT_SID) {
    throw new WrongVariable("TWILIO_ACCOUNT_SID: is needed because TWILIO_AUTH_TOKEN is set");
  }
}

/** What SNS needs; asked for only where it was chosen, since AWS_* may be there for something else. */
const SNS_VARIABLES = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_REGION",
  "AWS_SNS_SENDER",
] as const;

function checkSns(env: Env) {
  if (env.SMS_PROVIDER !== "aws_sns") return;
  const missing = SNS_VARIABLES.find((name) => !env[name]);
  if (missing) throw new WrongVariable(`${missing}: is needed because SMS_PROVIDER is aws_sns`);
}

function emailProviderOf(env: Env) {
  if (env.EMAIL_PROVIDER) return env.EMAIL_PROVIDER;
  if (env.RESEND_API_KEY) return "resend";
  return env.SMTP_HOST ? "smtp" : null;
}

function checkEmail(env: Env) {
  const provider = emailProviderOf(env);
  if (provider === null || provider === "console") return;
  const needed = provider === "resend" ? "RESEND_API_KEY" : "SMTP_HOST";
  const missing = ([needed, "SMTP_FROM_EMAIL"] as const).find((name) => !env[name]);
  if (missing) throw new WrongVariable(`${missing}: is needed to send e-mail by ${provider}`);
}

/** Is the app's job engine a real Inngest server rather than the embedded one? */
export function hasInngest(env: Env): boolean {
  const isDev = env.INNGEST_DEV !== undefined && env.INNGEST_DEV !== false;
  return isDev || env.INNGEST_BASE_URL !== undefined || env.INNGEST_SIGNING_KEY !== undefined;
}

/** Takes what `.env` in the working directory says for every variable that is not set already. */
export function loadEnvFile() {
  if (existsSync(".env")) process.loadEnvFile(".env");
}

/** Was this process started by `npm run`, which is then its parent and should not be outlived? */
export function isStartedByNpm(): boolean {
  return process.env.npm_lifecycle_event !== undefined;
}

/** Hands values to libraries that read process.env themselves (next-auth, inngest, next). */
export function setForLibraries(values: Record<string, string>) {
  Object.assign(process.env, values);
}

/** R004, R207: the provider accounts that the environment names: of texts, of e-mails. */
export function systemAccountsOf(env: Env): SystemCredentials[] {
  const texts = env.SMS_PROVIDER === "aws_sns" ? snsAccountOf(env) : twilioAccountOf(env);
  return [texts, emailAccountOf(env)].filter((account) => account !== null);
}

function twilioAccountOf(env: Env): SystemCredentials | null {
  if (!env.TWILIO_ACCOUNT_SID || !env.TWILIO_AUTH_TOKEN) return null;
  return {
    provider: env.SMS_PROVIDER,
    accountSid: env.TWILIO_ACCOUNT_SID,
    authToken: env.TWILIO_AUTH_TOKEN,
    phoneNumber: env.TWILIO_PHONE_NUMBER ?? null,
    whatsappNumber: env.TWILIO_WHATSAPP_NUMBER ?? null,
  };
}

const CONSOLE_FROM = "carillon@example.org";

function emailAccountOf(env: Env): SystemCredentials | null {
  const provider = emailProviderOf(env);
  if (provider === null) return null;
  const from = env.SMTP_FROM_EMAIL ?? CONSOLE_FROM;
  const email = { from, webhookSecret: env.RESEND_WEBHOOK_SECRET ?? null };
  if (provider === "resend") {
    return { provider, accountSid: domainOf(from), authToken: env.RESEND_API_KEY ?? "", email };
  }
  if (provider === "console") return { provider, accountSid: "console", authToken: "", email };
  const { SMTP_HOST: host = "", SMTP_PORT: port } = env;
  return {
    provider,
    accountSid: smtpSid(env.SMTP_USERNAME ?? "", host),
    authToken: env.SMTP_PASSWORD ?? "",
    apiOrigin: smtpOrigin({
      host,
      port,
      security: env.SMTP_SECURITY ?? (port === 465 ? "tls" : "starttls"),
    }),
    email,
  };
}

function snsAccountOf(env: Env): SystemCredentials | null {
  const { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret, AWS_REGION: region } = env;
  if (!key || !secret || !region) return null;
  return {
    provider: "aws_sns",
    accountSid: key,
    authToken: secret,
    apiOrigin: snsOrigin(region),
    phoneNumber: env.AWS_SNS_SENDER ?? null,
  };
}
