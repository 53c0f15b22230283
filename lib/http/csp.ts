import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

type Options = {
  /** Next's hot reload evaluates code and talks over a WebSocket. */
  isDevelopment: boolean;
  /** Is the app reached by https? Browsers are then told never to come without it. */
  isSecure: boolean;
};

/**
 * Puts a fresh nonce and its policy on the request, where Next reads them for the scripts of the
 * page, and the policy with the other security headers on the response.
 */
export function secureExchange(
  request: IncomingMessage,
  response: ServerResponse,
  options: Options,
) {
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce, options.isDevelopment);
  request.headers["x-nonce"] = nonce;
  request.headers["content-security-policy"] = policy;
  response.setHeader("content-security-policy", policy);
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("x-frame-options", "DENY");
  // One-time links carry their secret in the address: it must not travel on to other sites.
  response.setHeader("referrer-policy", isKeyLink(request) ? "no-referrer" : "same-origin");
  response.setHeader("cross-origin-opener-policy", "same-origin");
  response.setHeader("permissions-policy", "camera=(), microphone=(), geolocation=()");
  if (options.isSecure) {
    response.setHeader("strict-transport-security", "max-age=31536000");
  }
}

/** A preference link opens its page for a year: not even our own log of referrers needs it. */
function isKeyLink({ url }: IncomingMessage): boolean {
  return url?.startsWith("/p/") ?? false;
}

/** What a page may load and run: our own things, and only scripts that carry the nonce. */
export function contentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  const scripts = ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'"];
  const connections = ["'self'"];
  if (isDevelopment) {
    scripts.push("'unsafe-eval'");
    connections.push("ws:");
  }
  const directives = {
    "default-src": ["'self'"],
    "script-src": scripts,
    // Panels and menus place themselves with style attributes, which no nonce covers.
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "media-src": ["'self'", "blob:"],
    "font-src": ["'self'", "data:"],
    "connect-src": connections,
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(" ")}`)
    .join("; ");
}
