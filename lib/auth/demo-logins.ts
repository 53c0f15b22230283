import { DEMO_PASSWORD, DEMO_USERS, DEMO_WORKSPACES } from "../../db/demo/cast";
import type { Role } from "../domain/words";

export type DemoLogin = { name: string; email: string; password: string; role: Role };

/** The people of the first demo workspace, as the sign-in page offers them. */
export function demoLogins(): DemoLogin[] {
  const members = DEMO_WORKSPACES[0]?.members ?? [];
  return members.map(({ user, role }) => {
    const { name, email } = DEMO_USERS[user];
    return { name, email, password: DEMO_PASSWORD, role };
  });
}
