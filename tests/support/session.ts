import { eq } from "drizzle-orm";
import { memberships } from "../../db/schema";
import { sealSessionCookie, sessionCookieName } from "../../lib/auth/session-cookie";
import { startSession } from "../../lib/auth/sign-in";
import type { Deps } from "../../lib/ports/deps";

type Input = {
  userId: string;
  /** The secret that the app under test signs with (AUTH_SECRET). */
  authSecret: string;
  /** Origin of the app under test: decides the cookie's name. */
  appUrl: string;
};

export type SessionCookie = { name: string; value: string; sessionId: string };

/** Signs a user in without the form: a session row and the cookie that next-auth would have set. */
export async function mintSessionCookie(
  deps: Pick<Deps, "db" | "clock" | "chance">,
  { userId, authSecret, appUrl }: Input,
): Promise<SessionCookie> {
  const [home] = await deps.db.select().from(memberships).where(eq(memberships.userId, userId));
  if (!home) throw new Error(`user ${userId} belongs to no workspace`);
  const { workspaceId } = home;
  const sessionId = await startSession(deps, { userId, workspaceId, userAgent: "test" });
  const value = await sealSessionCookie(sessionId, authSecret);
  return { name: sessionCookieName(appUrl), value, sessionId };
}
