import { expect, it } from "vitest";
import { answerRaw } from "./raw-route";

const ask = (status: number, body: string) =>
  answerRaw(new Request("http://app.test/hook", { method: "POST", body: "a=1" }), 10, async () => {
    return { status, headers: { "x-told": "yes" }, body };
  });

it("answers what the door answers, also without a body", async () => {
  const full = await ask(200, "<Response/>");
  expect([full.status, full.headers.get("x-told"), await full.text()]).toEqual([
    200,
    "yes",
    "<Response/>",
  ]);
  const empty = await ask(204, "");
  expect([empty.status, await empty.text()]).toEqual([204, ""]);
});
