import type { LaunchOptions } from "./options";

export type Login = { email: string; password: string; role: string };

type Greeting = {
  options: LaunchOptions;
  logins: readonly Login[];
  simulatorOrigin: string | null;
  setupLink: string | null;
  seconds: number;
};

/** What the person at the terminal needs to know: where to go and how to get in. */
export function greeting({ options, logins, simulatorOrigin, setupLink, seconds }: Greeting) {
  const { appUrl } = options;
  const lines = [
    `Carillon is ready in ${seconds.toFixed(1)} s`,
    "",
    `  Inbox      ${appUrl}/inbox`,
  ];
  if (simulatorOrigin) lines.push(`  Simulator  ${appUrl}/simulator   (a phone to text from)`);
  lines.push(`  API        ${appUrl}/docs`);
  if (logins.length > 0) {
    lines.push("", "  Demo logins");
    for (const { email, password, role } of logins) {
      lines.push(`    ${email.padEnd(28)} ${password.padEnd(20)} ${role}`);
    }
  }
  if (setupLink) lines.push("", `  No users yet. Make the first owner, once: ${setupLink}`);
  return `\n${lines.join("\n")}\n\n`;
}
