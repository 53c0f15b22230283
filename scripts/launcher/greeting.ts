import type { LaunchOptions } from "./options";

export type Login = { email: string; password: string; role: string };

type Greeting = {
  options: LaunchOptions;
  logins: readonly Login[];
  seconds: number;
};

/** What the person who started the app needs to know: where to go and how to get in. */
export function greeting({ options, logins, seconds }: Greeting): string[] {
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
  ];
}

export function setupLine(setupLink: string): string {
  return `Nobody can sign in yet. The first owner, once: ${setupLink}`;
}
