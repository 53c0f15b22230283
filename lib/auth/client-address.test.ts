import { describe, expect, it } from "vitest";
import { clientAddress } from "./client-address";

describe("clientAddress", () => {
  it("does not believe what a browser that reaches us directly says about itself", () => {
    const headers = { "x-socket-address": "203.0.113.9", "x-forwarded-for": "198.51.100.1" };
    expect(clientAddress(headers)).toBe("203.0.113.9");
  });

  it("takes what our own proxy wrote last", () => {
    const headers = {
      "x-socket-address": "::ffff:127.0.0.1",
      "x-forwarded-for": "10.9.9.9, 198.51.100.7",
    };
    expect(clientAddress(headers)).toBe("198.51.100.7");
  });

  it("counts an IPv6 household as one", () => {
    const one = clientAddress({ "x-socket-address": "2001:db8:1:2:aaaa::1" });
    const two = clientAddress({ "x-socket-address": "2001:db8:1:2:bbbb::2" });
    expect(one).toBe(two);
    expect(clientAddress({})).toBeNull();
  });
});
