import type { Role } from "../domain/words";

export type DemoLogin = { name: string; email: string; password: string; role: Role };

/** Known to everybody: the demo is refused wherever the app is not loopback, unless asked for by name. */
export const DEMO_PASSWORD = "carillon-demo";

/** The people of the demo workspace, as the sign-in page and the launcher offer them. */
export function demoLogins(): DemoLogin[] {
  return [
    { name: "Olivia Garnier", email: "owner@demo.test", role: "owner" as const },
    { name: "Amine Belkacem", email: "admin@demo.test", role: "admin" as const },
    { name: "Claire Fontaine", email: "agent@demo.test", role: "agent" as const },
    { name: "Marc Delorme", email: "member@demo.test", role: "member" as const },
  ].map((person) => ({ ...person, password: DEMO_PASSWORD }));
}
