import { z } from "zod";
import { CONSENT_STATES, LOCALES } from "@/lib/domain/words";

/** The words of `error` are keys of `errors.field` in messages. */
const required = (max: number) => z.string().trim().min(1, "required").max(max, "too_long");
const email = z.string().trim().min(1, "required").max(254, "too_long");
const password = z.string().min(1, "required").max(400, "too_long");
const token = z.string().min(1).max(200);
const timeZone = z.string().max(60);

export const setupInput = z.object({
  token,
  workspaceName: required(80),
  name: required(80),
  email,
  password,
  timeZone,
});
export const inviteInput = z.object({ token, name: required(80), password });
export const resetInput = z.object({ token, password });
export const localeInput = z.object({ locale: z.enum(LOCALES) });
export const forgotInput = z.object({ email });
export const mailsInput = z.object({ token, state: z.enum(CONSENT_STATES) });
