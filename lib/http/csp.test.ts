import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { contentSecurityPolicy, secureExchange } from "./csp";

function exchange() {
  const request = new IncomingMessage(new Socket());
  return { request, response: new ServerResponse(request) };
}

describe("content security policy", () => {
  it("lets only scripts with the nonce run", () => {
    const policy = contentSecurityPolicy("abc", false);
    expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
    expect(policy).not.toContain("unsafe-eval");
    expect(policy).not.toContain("ws:");
  });

  it("opens what hot reload needs in development alone", () => {
    const policy = contentSecurityPolicy("abc", true);
    expect(policy).toContain("'unsafe-eval'");
    expect(policy).toContain("connect-src 'self' ws:");
  });

  it("puts the same fresh nonce on request and response and replaces one that a client sent", () => {
    const first = exchange();
    first.request.headers["x-nonce"] = "chosen-by-the-client";
    secureExchange(first.request, first.response, { isDevelopment: false, isSecure: false });
    const nonce = first.request.headers["x-nonce"];
    expect(nonce).not.toBe("chosen-by-the-client");
    expect(first.response.getHeader("content-security-policy")).toContain(`'nonce-${nonce}'`);

    const second = exchange();
    secureExchange(second.request, second.response, { isDevelopment: false, isSecure: false });
    expect(second.request.headers["x-nonce"]).not.toBe(nonce);
  });

  it("lets the address of a preference link travel nowhere", () => {
    for (const [url, policy] of [
      ["/p/abc", "no-referrer"],
      ["/preferences", "same-origin"],
    ] as const) {
      const { request, response } = exchange();
      request.url = url;
      secureExchange(request, response, { isDevelopment: false, isSecure: true });
      expect(response.getHeader("referrer-policy")).toBe(policy);
    }
  });

  it("asks browsers to stay with https only where the app is reached by it", () => {
    const plain = exchange();
    secureExchange(plain.request, plain.response, { isDevelopment: false, isSecure: false });
    expect(plain.response.getHeader("strict-transport-security")).toBeUndefined();
    const secure = exchange();
    secureExchange(secure.request, secure.response, { isDevelopment: false, isSecure: true });
    expect(secure.response.getHeader("strict-transport-security")).toBeDefined();
  });
});
