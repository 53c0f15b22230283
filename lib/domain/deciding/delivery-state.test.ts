import { describe, expect, it } from "vitest";
import { deliveryState } from "./delivery-state";

describe("deliveryState", () => {
  it.each([
    ["held", null, "held"],
    ["web", null, "web"],
    ["queued", null, "queued"],
    ["queued", "queued", "queued"],
    ["queued", "unconfirmed", "queued"],
    ["queued", "sent", "sent"],
    ["queued", "read", "delivered"],
    ["queued", "undelivered", "failed"],
    ["queued", "expired", "failed"],
  ] as const)("of %s whose message is %s is %s", (fate, messageStatus, state) => {
    expect(deliveryState({ fate, messageStatus })).toBe(state);
  });
});
