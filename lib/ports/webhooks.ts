/** What an endpoint made of one event. */
export type PostedWebhook = {
  /** null: no answer, for the reason in `error`. */
  readonly httpStatus: number | null;
  readonly error: string | null;
  /** `Retry-After` as it was sent. */
  readonly retryAfter: string | null;
  /** The beginning of the answer's text; null: empty, or no answer. */
  readonly excerpt: string | null;
};

export type WebhookRequest = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Reaches the endpoints of customers: public addresses only. */
export interface WebhookSender {
  /** One POST, at most 15 s; redirects are answers and not followed. Never throws. */
  post(request: WebhookRequest): Promise<PostedWebhook>;
  /** May this URL be an endpoint's? A name that is not found now may be later. Never throws. */
  checkUrl(url: string): Promise<{ ok: true } | { ok: false; reason: string }>;
}
