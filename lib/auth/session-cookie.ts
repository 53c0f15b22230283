import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { LONGEST_MS } from "./session-lifetime";

const payload = z.object({ sid: z.uuid() });

/** Seconds that browsers keep the cookie; the session's row decides when it truly ends. */
export const COOKIE_SECONDS = LONGEST_MS / 1000;

/** next-auth's cookie name: `__Secure-` wherever the app is reached by https. */
export function sessionCookieName(appUrl: string): string {
  return `${isSecureOrigin(appUrl) ? "__Secure-" : ""}next-auth.session-token`;
}

export function isSecureOrigin(appUrl: string): boolean {
  return appUrl.startsWith("https://");
}

/** @returns the session id that a cookie's value carries, or null when it is not one of ours. */
export async function openSessionCookie(value: string, secret: string): Promise<string | null> {
  const token = await decode({ token: value, secret }).catch(() => null);
  const parsed = payload.safeParse(token);
  return parsed.success ? parsed.data.sid : null;
}

/** What next-auth would put into the cookie for this session. */
export async function sealSessionCookie(sessionId: string, secret: string): Promise<string> {
  return encode({ token: { sid: sessionId }, secret, maxAge: COOKIE_SECONDS });
}
