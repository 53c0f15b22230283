import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClassifiableMessage } from "../classify";
import {
  type AnswerableNotification,
  judgeReply,
  type OfferedList,
  type ReplyVerdict,
} from "./judge-reply";
import type { ReplyCode } from "./reply-code";

const AT = new Date("2026-11-27T12:00:00Z");
const hoursAgo = (hours: number) => new Date(AT.getTime() - hours * 3_600_000);
const CODES: readonly ReplyCode[] = [
  { word: "OUI", action: "confirm" },
  { word: "ANNULER", action: "cancel" },
];

function sent(id: string, hours: number, more: Partial<AnswerableNotification> = {}) {
  return { id, sentAt: hoursAgo(hours), answeredAt: null, codes: CODES, subject: null, ...more };
}

function judge(
  body: string,
  notifications: readonly AnswerableNotification[],
  offered: OfferedList | null = null,
) {
  const message: ClassifiableMessage = { body, kind: "text", mediaCount: 0, optOut: null };
  return judgeReply({ message, at: AT, notifications, offered });
}

/** `confirm a`, `confirm a (b)` with what is answered too, `confirm a | confirm b` for a list. */
function told(verdict: ReplyVerdict<AnswerableNotification>): string {
  if (verdict.kind === "no_code") return "no code";
  if (verdict.kind === "ambiguous") {
    return verdict.choices.map((one) => `${one.action} ${one.notification.id}`).join(" | ");
  }
  const also = verdict.alsoAnswered.map(({ id }) => id).join(" ");
  return `${verdict.action} ${verdict.notification.id}${also && ` (${also})`}`;
}

const loan = (id: string) => ({ subject: { type: "loan", id } });
const digits: readonly ReplyCode[] = [
  { word: "1", action: "confirm" },
  { word: "2", action: "cancel" },
];
const listed = (hours: number): OfferedList => ({
  offeredAt: hoursAgo(hours),
  choices: [
    { notificationId: "b", action: "cancel" },
    { notificationId: "a", action: "cancel" },
  ],
});

describe("judgeReply", () => {
  it.each([
    ["the only one", "oui", [sent("a", 1)], "confirm a"],
    ["none without one", "oui", [], "no code"],
    ["none with more than the code", "oui merci", [sent("a", 1)], "no code"],
    ["none to a stop", "CANCEL", [sent("a", 1)], "no code"],
    ["none that is not on offer", "vu", [sent("a", 1)], "no code"],
    ["up to 72 hours", "oui", [sent("a", 72)], "confirm a"],
    ["none later", "oui", [sent("a", 72.001)], "no code"],
    ["none that was not sent yet", "oui", [sent("a", -0.1)], "no code"],
    ["none twice", "oui", [sent("a", 2, { answeredAt: hoursAgo(1) })], "no code"],
    ["the one left", "oui", [sent("a", 2), sent("b", 1, { answeredAt: AT })], "confirm a"],
    ["past what asks nothing", "oui", [sent("a", 2), sent("b", 1, { codes: [] })], "confirm a"],
    [
      "the newest of one subject",
      "oui",
      [sent("a", 50, loan("1")), sent("b", 20, loan("1"))],
      "confirm b (a)",
    ],
    [
      "by a list of subjects",
      "annuler",
      [sent("a", 50, loan("1")), sent("b", 2, loan("2")), sent("c", 20, loan("1"))],
      "cancel b | cancel c",
    ],
    ["by a list without subjects", "oui", [sent("a", 3), sent("b", 1)], "confirm b | confirm a"],
    [
      "by a list where a digit has two meanings",
      "2",
      [
        sent("a", 3, { codes: digits }),
        sent("b", 1, { codes: [{ word: "2", action: "confirm" }] }),
      ],
      "confirm b | cancel a",
    ],
    [
      "of one moment the later id",
      "oui",
      [sent("a", 1, loan("1")), sent("b", 1, loan("1"))],
      "confirm b (a)",
    ],
  ])("answers %s: %j", (_, body, notifications, expected) => {
    expect(told(judge(body, notifications))).toBe(expected);
  });

  const two = [sent("a", 3), sent("b", 2)];
  it.each([
    ["1", two, listed(1), "cancel b"],
    ["2)", two, listed(1), "cancel a"],
    ["#2", two, listed(1), "cancel a"],
    ["3", two, listed(1), "no code"],
    ["0", two, listed(1), "no code"],
    ["2 svp", two, listed(1), "no code"],
    ["1", two, null, "no code"],
    ["1", two, listed(73), "no code"],
    ["1", [sent("a", 3), sent("b", 2, { answeredAt: AT })], listed(1), "no code"],
    ["oui", two, listed(1), "confirm b | confirm a"],
    ["1", [...two, sent("c", 4, { codes: digits })], listed(1), "cancel b"],
    ["1", [...two, sent("c", 0.5, { codes: digits })], listed(1), "confirm c"],
    [
      "2",
      [sent("a", 9, loan("1")), sent("c", 8, { ...loan("1"), codes: [] })],
      listed(1),
      "cancel a",
    ],
    [
      "2",
      [sent("a", 9, loan("1")), sent("c", 8, loan("1")), sent("b", 2)],
      listed(1),
      "cancel c (a)",
    ],
  ])("answers %j to a list", (body, notifications, offered, expected) => {
    expect(told(judge(body, notifications, offered))).toBe(expected);
  });

  it("lists the nine newest", () => {
    const many = Array.from({ length: 12 }, (_, i) => sent(`n${i}`, i));
    const verdict = judge("oui", many);
    const ids = verdict.kind === "ambiguous" ? verdict.choices.map((c) => c.notification.id) : [];
    expect(ids).toEqual(["n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8"]);
  });

  it("never answers what is answered, old or of no code, and does not mind the order of rows", () => {
    const notification = fc.record({
      hours: fc.integer({ min: -1, max: 80 }),
      subject: fc.constantFrom(null, "1", "2"),
      isAnswered: fc.boolean(),
      codes: fc.constantFrom(CODES, digits, []),
    });
    const body = fc.constantFrom("oui", "annuler", "1", "2", "bonjour");
    fc.assert(
      fc.property(fc.array(notification, { maxLength: 6 }), body, (rows, word) => {
        const all = rows.map(({ hours, subject, isAnswered, codes }, i) =>
          sent(`n${i}`, hours, {
            answeredAt: isAnswered ? AT : null,
            codes,
            subject: subject === null ? null : { type: "loan", id: subject },
          }),
        );
        const fit = all.filter(
          ({ answeredAt, sentAt, codes }) =>
            answeredAt === null && sentAt >= hoursAgo(72) && sentAt <= AT && codes.length > 0,
        );
        const verdict = told(judge(word, all));
        expect(told(judge(word, all.toReversed()))).toBe(verdict);
        expect(told(judge(word, fit))).toBe(verdict);
      }),
    );
  });
});
