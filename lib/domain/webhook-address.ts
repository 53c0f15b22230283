/**
 * R405: what stands at "A message comes in". The fragment asks Twilio for five retries on every kind of
 * error; it is not part of what is signed (reference §3).
 *
 * @param appUrl public origin without a trailing slash
 */
export function webhookAddress(appUrl: string): string {
  return `${appUrl}/api/webhooks/twilio#rc=5&rp=all`;
}

/** Where the provider turns when the first address has failed for good: our older door. */
export function fallbackAddress(appUrl: string): string {
  return `${appUrl}/inbox/webhooks/sms#rc=5&rp=all`;
}

/** Where Resend says what became of the mails of a sender. */
export function resendWebhookAddress(appUrl: string, integrationId: string): string {
  return `${appUrl}/api/webhooks/resend/${integrationId}`;
}
