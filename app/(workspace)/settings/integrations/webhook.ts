/**
 * R405: what is pasted at "A message comes in". The fragment asks Twilio for five retries on every
 * kind of error; it is not part of what is signed (reference §3).
 */
export function webhookAddress(appUrl: string): string {
  return `${appUrl}/api/webhooks/twilio#rc=5&rp=all`;
}

/** Can a provider on the internet reach this origin? */
export function isPublicOrigin(appUrl: string): boolean {
  const { hostname } = new URL(appUrl);
  return !/^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[)/.test(hostname);
}
