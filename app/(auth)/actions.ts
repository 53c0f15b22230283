"use server";

import { setTimeout as wait } from "node:timers/promises";
import { cookies, headers } from "next/headers";
import { getLocale } from "next-intl/server";
import { acceptInvitation } from "@/lib/auth/accept-invitation";
import { type ActionResult, publicAction } from "@/lib/auth/action";
import { clientAddress } from "@/lib/auth/client-address";
import { completeSetup } from "@/lib/auth/complete-setup";
import { requestReset } from "@/lib/auth/request-reset";
import { resetPassword } from "@/lib/auth/reset-password";
import { isSecureOrigin } from "@/lib/auth/session-cookie";
import { chooseSubscription } from "@/lib/contacts/unsubscribe";
import { systemAccountsOf } from "@/lib/env";
import { LOCALE_COOKIE, pickLocale } from "@/lib/i18n/locale";
import { ensureSystemIntegration } from "@/lib/integrations/ensure-system-integration";
import type { Deps } from "@/lib/ports/deps";
import { getDeps, getRuntime } from "@/lib/runtime";
import {
  forgotInput,
  inviteInput,
  localeInput,
  mailsInput,
  resetInput,
  setupInput,
} from "./schema";

type SignedUp = { email: string };
type Fault = Extract<ActionResult<never>, { ok: false }>;

export const setUp = publicAction(setupInput, async (input): Promise<ActionResult<SignedUp>> => {
  const { deps, env } = getRuntime();
  const locale = pickLocale({ cookie: await getLocale() });
  const outcome = await completeSetup(deps, { ...input, locale });
  switch (outcome.kind) {
    case "done":
      await connectSystemAccounts(deps, systemAccountsOf(env));
      return { ok: true, data: { email: outcome.email } };
    case "invalid_link":
      return { ok: false, code: "invalid_link" };
    case "invalid_email":
      return wrongField("email", "invalid_email");
    case "weak_password":
      return wrongField("password", outcome.fault);
    default:
      return outcome satisfies never;
  }
});

/** R004: the senders that the environment names waited for this first workspace. */
async function connectSystemAccounts(deps: Deps, accounts: ReturnType<typeof systemAccountsOf>) {
  for (const account of accounts) {
    const outcome = await ensureSystemIntegration(deps, account);
    deps.log.info({ outcome: outcome.kind }, "[SETUP] an account of the environment is connected");
  }
}

export const acceptInvite = publicAction(
  inviteInput,
  async (input): Promise<ActionResult<SignedUp>> => {
    const head = await headers();
    const outcome = await acceptInvitation(getDeps(), {
      ...input,
      locale: pickLocale({ cookie: await getLocale() }),
      address: clientAddress(Object.fromEntries(head)),
    });
    switch (outcome.kind) {
      case "accepted":
        return { ok: true, data: { email: outcome.email } };
      case "invalid_link":
        return { ok: false, code: "invalid_link" };
      case "wrong_password":
        return wrongField("password", "wrong_password");
      case "weak_password":
        return wrongField("password", outcome.fault);
      case "throttled":
        return { ok: false, code: "throttled", data: { waitSeconds: outcome.waitSeconds } };
      default:
        return outcome satisfies never;
    }
  },
);

export const choosePassword = publicAction(
  resetInput,
  async (input): Promise<ActionResult<SignedUp>> => {
    const outcome = await resetPassword(getDeps(), input);
    switch (outcome.kind) {
      case "done":
        return { ok: true, data: { email: outcome.email } };
      case "invalid_link":
        return { ok: false, code: "invalid_link" };
      case "weak_password":
        return wrongField("password", outcome.fault);
      default:
        return outcome satisfies never;
    }
  },
);

/** Longer than the work takes: how long the answer took must not tell whether there is an account. */
const FORGOT_ANSWER_MS = 600;

export const askForReset = publicAction(
  forgotInput,
  async ({ email }): Promise<ActionResult<null>> => {
    const address = clientAddress(Object.fromEntries(await headers()));
    const [outcome] = await Promise.all([
      requestReset(getDeps(), { email, address }),
      wait(FORGOT_ANSWER_MS),
    ]);
    switch (outcome.kind) {
      case "asked":
        return { ok: true, data: null };
      case "invalid_email":
        return wrongField("email", "invalid_email");
      case "throttled":
        return { ok: false, code: "throttled", data: { waitSeconds: outcome.waitSeconds } };
      default:
        return outcome satisfies never;
    }
  },
);

/** The link in an e-mail is the whole permission. */
export const chooseMails = publicAction(
  mailsInput,
  async ({ token, state }): Promise<ActionResult<null>> => {
    const isDone = await chooseSubscription(getDeps(), { token, state, words: null });
    return isDone ? { ok: true, data: null } : { ok: false, code: "invalid_link" };
  },
);

/** The language of somebody who is not signed in; a user's own is in their profile. */
export const chooseLocale = publicAction(localeInput, async ({ locale }) => {
  const jar = await cookies();
  jar.set(LOCALE_COOKIE, locale, {
    maxAge: 365 * 24 * 3600,
    sameSite: "lax",
    path: "/",
    secure: isSecureOrigin(getRuntime().appUrl),
  });
  return { ok: true, data: null };
});

function wrongField(path: string, message: string): Fault {
  return { ok: false, code: "invalid", errors: [{ path, message }] };
}
