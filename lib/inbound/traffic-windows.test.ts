import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProviderAccount, ReceivedMessage, TrafficQuery } from "../ports/sms";
import { trafficWindows } from "./traffic-windows";

const FROM = Date.UTC(2026, 10, 20);
const UNTIL = FROM + 3_600_000;
const span = { from: new Date(FROM), until: new Date(UNTIL) };
const account = {} as ProviderAccount;

function text(at: number, n: number): ReceivedMessage {
  return {
    providerId: `SM${n}`,
    from: "+33199000601",
    to: "+33199000600",
    messagingServiceSid: null,
    body: "Bonjour",
    receivedAt: new Date(at),
    mediaCount: 0,
  };
}

/** A provider whose lists hold so many texts, the newest of what was asked for. */
function providerOf(texts: readonly ReceivedMessage[], longest: number) {
  const queries: TrafficQuery[] = [];
  return {
    queries,
    listTraffic: async (_account: ProviderAccount, query: TrafficQuery) => {
      queries.push(query);
      const all = texts.filter(
        (one) => one.receivedAt >= query.from && one.receivedAt <= query.until,
      );
      const received = all.slice(-longest);
      return { ok: true as const, isWhole: all.length <= longest, received, sent: [] };
    },
  };
}

async function readAll(provider: ReturnType<typeof providerOf>) {
  const ids: string[] = [];
  for await (const part of trafficWindows(provider, account, span)) {
    if (!part.ok) return { ids, reason: part.reason };
    ids.push(...part.received.map(({ providerId }) => providerId));
  }
  return { ids, reason: null };
}

describe("the traffic of a time", () => {
  it("is one question where the list is whole", async () => {
    const provider = providerOf([text(FROM, 1), text(UNTIL - 1, 2)], 10);
    expect(await readAll(provider)).toEqual({ ids: ["SM1", "SM2"], reason: null });
    expect(provider.queries).toHaveLength(1);
  });

  it("comes oldest first and each text once, however short the lists are cut", async () => {
    const moments = fc.uniqueArray(fc.integer({ min: 0, max: 599 }), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(moments, fc.integer({ min: 3, max: 20 }), async (places, longest) => {
        const texts = places
          .toSorted((a, b) => a - b)
          .map((place) => text(FROM + place * 6000, place));
        const read = await readAll(providerOf(texts, longest));
        expect(read).toEqual({ ids: texts.map(({ providerId }) => providerId), reason: null });
      }),
    );
  });

  it("is never taken for whole where even a moment has more than a list holds", async () => {
    const crowd = Array.from({ length: 20 }, (_, n) => text(FROM + 1_800_000, n + 1));
    const { ids, reason } = await readAll(providerOf([text(FROM, 0), ...crowd], 5));
    expect(ids).toEqual(["SM0"]);
    expect(reason).toBe("the list has no end");
  });
});
