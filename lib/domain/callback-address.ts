/**
 * Can the provider call this address of ours? The real Twilio calls public https addresses only, and
 * refuses a send that names its sender's own machine (21609); a stand-in calls any address but, from
 * another machine, this one's loopback.
 *
 * @param apiOrigin Of the stand-in; null: the real Twilio.
 */
export function isCallable(callback: string, apiOrigin: string | null): boolean {
  if (apiOrigin === null) return callback.startsWith("https:") && !isLoopback(callback);
  return !isLoopback(callback) || isLoopback(apiOrigin);
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
}
