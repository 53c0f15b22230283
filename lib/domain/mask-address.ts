/** An address for log lines: `+33612345678` → `+336•••••678`, `a.user@example.org` → `a•••@example.org`. */
export function maskAddress(address: string): string {
  const at = address.indexOf("@");
  if (at > 0) return `${address.slice(0, 1)}•••${address.slice(at)}`;
  if (address.length <= 6) return `${address.slice(0, 1)}•••`;
  return `${address.slice(0, 4)}•••••${address.slice(-3)}`;
}
