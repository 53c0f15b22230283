import type { RawResponse } from "./raw";

/** What a raw door says in words to a caller that it does not serve. */
export function refuse(
  status: number,
  reason: string,
  headers: Record<string, string> = {},
): RawResponse {
  return {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", ...headers },
    body: reason,
  };
}

/** The database does not answer: the provider is to come again. */
export function unavailable(): RawResponse {
  return refuse(503, "Not available for the moment", { "retry-after": "5" });
}
