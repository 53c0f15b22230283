import { expect, test } from "vitest";
import { hrefOf, isFiltered, readPlace, unfiltered } from "./history-place";

test("a place is in its URL and is read again from it", () => {
  const params = {
    view: "all",
    q: "a&b",
    channel: "sms",
    status: "failed",
    since: "2026-11-01",
    hide: "delay",
    open: "01a1fadb-bddb-7366-819f-07c962fce9c9",
  };
  const place = readPlace(params);
  const url = new URL(hrefOf(place), "https://example.org");
  expect(Object.fromEntries(url.searchParams)).toEqual(params);
  expect(hrefOf(unfiltered(place))).toBe("/notifications?view=all&hide=delay");
});

test("what means nothing is not there", () => {
  const place = readPlace({
    channel: "fax",
    since: "2026-02-31",
    until: "soon",
    open: "x",
    type: ["a", "b"],
    view: "x",
  });
  expect(hrefOf(place)).toBe("/notifications");
  expect(isFiltered(place)).toBe(false);
});
