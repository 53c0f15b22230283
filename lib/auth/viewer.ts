import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { landingPath } from "../domain/landing-path";
import { hasRole, type Role } from "../domain/words";
import { getRuntime } from "../runtime";
import { firstAnswer } from "./first-answer";
import { openSession, type Viewer } from "./open-session";
import { openSessionCookie, sessionCookieName } from "./session-cookie";

export type { Viewer } from "./open-session";

/** Who is looking at this page; null when nobody is signed in. Read once a request. */
export const findViewer = cache(async (): Promise<Viewer | null> => {
  const { deps, appUrl, authSecret } = getRuntime();
  const cookie = (await cookies()).get(sessionCookieName(appUrl));
  const sessionId = cookie ? await openSessionCookie(cookie.value, authSecret) : null;
  return sessionId ? firstAnswer(openSession(deps, sessionId)) : null;
});

/**
 * The gate of every page: the sign-in page for nobody, which leads back here, and "not found" below
 * the role, so that a page one may not see does not even show that it exists.
 */
export async function requireViewer(minimum: Role = "member"): Promise<Viewer> {
  const viewer = await findViewer();
  if (!viewer) redirect(await loginPath());
  if (!hasRole(viewer.role, minimum)) notFound();
  return viewer;
}

/** The launcher says which page was asked for: Next does not tell its pages. */
async function loginPath(): Promise<"/login" | `/login?${string}`> {
  const next = landingPath((await headers()).get("x-page-path"));
  return next === "/" ? "/login" : `/login?${new URLSearchParams({ next })}`;
}
