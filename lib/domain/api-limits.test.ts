import { describe, expect, test } from "vitest";
import { takeItems, type Usage } from "./api-limits";

const at = (second: number) => new Date(Date.UTC(2026, 10, 27, 9, 0, second));
const take = (usage: Usage | null, count: number, second = 0) =>
  takeItems(usage, { count, limit: 10, seconds: 60, at: at(second) });

describe("R222 limits of the API", () => {
  test("take what there is, all or none, and open again when their window ends", () => {
    const first = take(null, 8);
    expect(first).toEqual({
      ok: true,
      usage: { since: at(0), count: 8 },
      remaining: 2,
      endsAt: at(60),
    });
    const usage = first.ok ? first.usage : null;
    expect(take(usage, 3, 30)).toEqual({ ok: false, remaining: 2, endsAt: at(60) });
    expect(take(usage, 2, 30)).toMatchObject({ ok: true, remaining: 0 });
    expect(take(usage, 3, 59)).toMatchObject({ ok: false });
    expect(take(usage, 3, 60)).toMatchObject({ ok: true, remaining: 7, endsAt: at(120) });
  });

  test("more than a window ever holds is refused whenever it comes", () => {
    expect(take(null, 11)).toEqual({ ok: false, remaining: 10, endsAt: at(60) });
  });

  test("a clock that jumped back begins anew", () => {
    expect(take({ since: at(50), count: 10 }, 1, 10)).toMatchObject({ ok: true, remaining: 9 });
  });
});
