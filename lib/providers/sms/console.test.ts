import { expect, it } from "vitest";
import { createConsoleProvider } from "./console";

it("R205 accepts every message without sending it, and shows its text at debug only", async () => {
  const lines: { level: string; text: string }[] = [];
  const write = (level: string) => (fields: Record<string, unknown>, message: string) => {
    lines.push({ level, text: `${message} ${JSON.stringify(fields)}` });
  };
  const provider = createConsoleProvider({
    log: { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") },
    uuid: () => "0199",
  });
  const account = { id: "a", provider: "console", sid: "", token: "", apiOrigin: null } as const;
  const outcome = await provider.send(account, {
    channel: "sms",
    from: "Carillon",
    messagingServiceSid: null,
    to: "+33612345678",
    body: "Your table is ready",
    mediaUrls: [],
    template: null,
    statusCallback: "https://carillon.test/s",
    validitySeconds: null,
  });
  expect(outcome).toEqual({ kind: "accepted", providerId: "console-0199", segments: null });
  const loud = lines.filter((line) => line.level !== "debug").map((line) => line.text);
  expect(loud.join()).toContain("+336•••••678");
  expect(loud.join()).not.toMatch(/\+33612345678|table/);
  expect(lines.some((line) => line.text.includes("Your table is ready"))).toBe(true);
});
