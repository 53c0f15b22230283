import { expect, it } from "vitest";
import { createEmailConsole } from "./console";

it("R316 accepts every mail without sending it, and shows what it says at debug only", async () => {
  const lines: { level: string; text: string }[] = [];
  const write = (level: string) => (fields: Record<string, unknown>, message: string) => {
    lines.push({ level, text: `${message} ${JSON.stringify(fields)}` });
  };
  const log = {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
  };
  const account = { id: "a", provider: "console", sid: "", token: "", apiOrigin: null } as const;
  const outcome = await createEmailConsole({ log }).send(account, {
    from: "hello@example.com",
    fromName: "Carillon",
    to: "guest@example.org",
    subject: "Your table",
    text: "It is ready.",
    html: null,
    headers: {},
    messageId: "0199",
    idempotencyKey: "message/0199/1",
  });
  const providerId = "console-0199";
  expect(outcome).toEqual({ kind: "accepted", providerId, segments: null, isLastWord: true });
  const loud = lines.filter((line) => line.level !== "debug").map((line) => line.text);
  expect(loud.join()).toContain("g•••@example.org");
  expect(loud.join()).not.toMatch(/guest@|table|ready/);
  const quiet = lines.find((line) => line.level === "debug")?.text;
  expect(quiet).toContain("Your table");
  expect(quiet).toContain("It is ready.");
});
