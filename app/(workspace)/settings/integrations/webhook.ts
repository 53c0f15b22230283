/** Can a provider on the internet reach this origin? */
export function isPublicOrigin(appUrl: string): boolean {
  const { hostname } = new URL(appUrl);
  return !/^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[)/.test(hostname);
}
