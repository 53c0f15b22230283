"use client";

import { signIn } from "next-auth/react";

export type SignInResult =
  | { ok: true }
  | { ok: false; code: string; data?: { waitSeconds: number } };

/** Signs in by next-auth; the codes are those of lib/auth/options.ts. */
export async function signInWithPassword(input: {
  email: string;
  password: string;
}): Promise<SignInResult> {
  const answer = await signIn("credentials", { ...input, redirect: false }).catch(() => undefined);
  if (!answer) return { ok: false, code: "unreachable" };
  if (answer.ok && !answer.error) return { ok: true };
  const [code = "", seconds] = (answer.error ?? "").split(":");
  if (code === "throttled") return { ok: false, code, data: { waitSeconds: Number(seconds) } };
  return { ok: false, code: code === "CredentialsSignin" ? "wrong_credentials" : code };
}
