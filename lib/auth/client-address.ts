import ipaddr from "ipaddr.js";

/** Header in which the launcher writes whose socket a request came by; a client's own is overwritten. */
export const SOCKET_ADDRESS_HEADER = "x-socket-address";

/**
 * The browser's address, for limits. What stands in X-Forwarded-For is believed only where the socket
 * is a proxy's, that is loopback or private; then its last entry, the one that proxy wrote itself.
 *
 * @param headers Lower-case names.
 */
export function clientAddress(headers: Record<string, string | undefined>): string | null {
  const socket = headers[SOCKET_ADDRESS_HEADER] ?? null;
  const forwarded = headers["x-forwarded-for"]?.split(",").at(-1)?.trim() ?? null;
  if (socket !== null && !isPrivate(socket)) return plain(socket);
  return forwarded && ipaddr.isValid(forwarded) ? plain(forwarded) : socket && plain(socket);
}

const NEARBY = ["loopback", "private", "uniqueLocal", "linkLocal"];

function isPrivate(address: string) {
  return ipaddr.isValid(address) && NEARBY.includes(ipaddr.process(address).range());
}

/** One way of writing an address: IPv4 in IPv6 as IPv4; an IPv6 household (/64) counts as one. */
function plain(address: string) {
  if (!ipaddr.isValid(address)) return null;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  return `${parsed.toNormalizedString().split(":").slice(0, 4).join(":")}::/64`;
}
