import type { LaunchOptions } from "./options";

export type Login = { email: string; password: string; role: string };

type Greeting = {
  options: LaunchOptions;
  logins: readonly Login[];
  /** For the first owner; null when somebody can sign in. */
  setupLink: string | null;
  seconds: number;
};

/** What the person who started the app needs to know: where to go and how to get in. */
export function greeting({ options, logins, setupLink, seconds }: Greeting): string[] {
  const { appUrl, isDemo } = options;
  return [
    `Carillon is ready on ${appUrl} (${seconds.toFixed(1)} s)`,
    `  Inbox      ${appUrl}/inbox`,
    ...(isDemo ? [`  Simulator  ${appUrl}/simulator  (a phone to text from)`] : []),
    `  API        ${appUrl}/docs`,
    ...logins.map(
      ({ email, password, role }) =>
        `  Demo login ${email.padEnd(28)} ${password.padEnd(18)} ${role}`,
    ),
    ...(setupLink ? [`Nobody can sign in yet. The first owner, once: ${setupLink}`] : []),
  ];
}
