import type { NextAuthOptions, User } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { z } from "zod";
import { isDatabaseGone } from "../../db/is-database-gone";
import type { Runtime } from "../runtime";
import { clientAddress } from "./client-address";
import { COOKIE_SECONDS, isSecureOrigin } from "./session-cookie";
import { signIn } from "./sign-in";
import { signOut } from "./sign-out";

const credentials = z.object({ email: z.string().max(254), password: z.string().max(400) });
const withSession = z.object({ sid: z.uuid() });

type Needs = Pick<Runtime, "deps" | "appUrl" | "authSecret">;

/**
 * next-auth as the door of sign-in and sign-out. The cookie it makes carries a session id and nothing
 * else; what a session may do is read from its row on every request (lib/auth/open-session.ts).
 */
export function authOptions(runtime: Needs): NextAuthOptions {
  const { deps, appUrl, authSecret } = runtime;
  return {
    secret: authSecret,
    useSecureCookies: isSecureOrigin(appUrl),
    session: { strategy: "jwt", maxAge: COOKIE_SECONDS },
    pages: { signIn: "/login", signOut: "/login", error: "/login" },
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        authorize: (given, request) => authorize(runtime, given, request.headers ?? {}),
      }),
    ],
    callbacks: {
      // `user` is there at sign-in only; whatever else next-auth would put into the token stays out.
      jwt: ({ token, user }) => ({ sid: user ? user.id : token.sid }),
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      signOut: async ({ token }) => {
        const parsed = withSession.safeParse(token);
        if (parsed.success) await signOut(deps, { sessionId: parsed.data.sid });
      },
    },
    logger: {
      error: (code) => deps.log.error({ code }, "next-auth reported an error"),
      warn: (code) => deps.log.warn({ code }, "next-auth warned"),
      debug: () => undefined,
    },
  };
}

/** The message of what is thrown here is what the sign-in form gets to read: `throttled:<seconds>` and its kin. */
async function authorize(
  { deps }: Needs,
  given: unknown,
  headers: Record<string, string | undefined>,
): Promise<User | null> {
  const parsed = credentials.safeParse(given);
  if (!parsed.success) return null;
  const outcome = await signIn(deps, {
    ...parsed.data,
    address: clientAddress(headers),
    userAgent: headers["user-agent"] ?? null,
  }).catch((error: unknown) => {
    if (isDatabaseGone(error)) throw new Error("unavailable");
    deps.log.error({ error }, "Sign-in failed");
    throw new Error("unexpected");
  });
  switch (outcome.kind) {
    case "signed_in":
      return { id: outcome.sessionId };
    case "wrong_credentials":
      return null;
    case "no_workspace":
      throw new Error("no_workspace");
    case "throttled":
      throw new Error(`throttled:${outcome.waitSeconds}`);
    default:
      return outcome satisfies never;
  }
}
