import { describe, expect, it } from "vitest";
import { FATES } from "../deciding/words";
import { MESSAGE_STATUSES } from "../words";
import { writeWebhookBody } from "./envelope";
import { TOLD_STATUSES, WEBHOOK_EVENTS } from "./events";

describe("the events of outbound webhooks", () => {
  it("R234 are grouped names, each once", () => {
    for (const event of WEBHOOK_EVENTS) expect(event).toMatch(/^[a-z_]+\.[a-z_]+$/);
    expect(new Set(WEBHOOK_EVENTS).size).toBe(WEBHOOK_EVENTS.length);
  });

  it("tell of every status that a message comes to, but of none before the hand-over", () => {
    const silent = MESSAGE_STATUSES.filter((status) => !TOLD_STATUSES.includes(status));
    expect(silent.toSorted()).toEqual(["paused", "queued", "scheduled", "sending", "unconfirmed"]);
  });

  it("tell of every fate of a notification", () => {
    for (const fate of FATES) expect(WEBHOOK_EVENTS).toContain(`notification.${fate}`);
  });

  it("R234 carry type, time and data", () => {
    const body = writeWebhookBody({
      event: "message.delivered",
      occurredAt: new Date("2026-11-27T12:00:00.250Z"),
      data: { id: "0199d3f0-0000-7000-8000-000000000001", body: "Été 🎉" },
    });
    expect(body).toBe(
      '{"type":"message.delivered","timestamp":"2026-11-27T12:00:00.250Z",' +
        '"data":{"id":"0199d3f0-0000-7000-8000-000000000001","body":"Été 🎉"}}',
    );
  });
});
