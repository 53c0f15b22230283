import { parse } from "node:querystring";
import type { Exchange } from "./http";
import { messageJson } from "./message-json";
import type { Network } from "./network";
import type { SimAccount, SimMessage } from "./words";

const FILTERS = ["To", "From", "DateSent", "DateSent<", "DateSent>"] as const;

/** One page of an account's messages, newest first, with Twilio's paging links. */
export function listMessages(network: Network, account: SimAccount, exchange: Exchange): string {
  const query = parse(exchange.query);
  const size = pageSize(query.PageSize);
  const page = Math.max(0, Number(query.Page ?? 0) || 0);
  const filters = FILTERS.flatMap((key): [string, string][] =>
    query[key] ? [[key, String(query[key])]] : [],
  );
  const matches = matcher(account, new Map(filters));
  const token = query.PageToken ? String(query.PageToken) : null;
  const { rows, hasMore } = collect(candidates(network, filters), matches, token, size);
  const { pricedAfterMs } = network.state.switches;
  const json = rows.map((message) => messageJson(message, pricedAfterMs));
  const link = (n: number, last: SimMessage | undefined) =>
    pageLink(exchange.path, filters, size, n, last);
  const [start, last] = [page * size, rows.at(-1)];
  return `{"first_page_uri":${link(0, undefined)},"end":${start + Math.max(0, rows.length - 1)},"previous_page_uri":${page > 0 ? link(page - 1, undefined) : null},"messages":[${json.join(",")}],"uri":${link(page, undefined)},"page_size":${size},"start":${start},"next_page_uri":${hasMore ? link(page + 1, last) : null},"page":${page}}`;
}

function pageSize(value: unknown): number {
  const size = Number(value ?? 50);
  return Number.isInteger(size) && size >= 1 ? Math.min(1000, size) : 50;
}

/** A person's thread when a filter names one, else everything; oldest first. */
function candidates(network: Network, filters: [string, string][]): SimMessage[] {
  for (const [key, value] of filters) {
    const thread = key === "To" || key === "From" ? network.state.threads.get(value) : undefined;
    if (thread) return thread;
  }
  return [...network.state.messages.values()];
}

function collect(
  messages: SimMessage[],
  matches: (message: SimMessage) => boolean,
  token: string | null,
  size: number,
) {
  const rows: SimMessage[] = [];
  let isPast = token === null;
  for (let i = messages.length - 1; i >= 0; i -= 1) {
    const message = messages[i];
    if (!message) continue;
    if (isPast && matches(message)) {
      if (rows.length === size) return { rows, hasMore: true };
      rows.push(message);
    }
    if (`PA${message.sid}` === token) isPast = true;
  }
  return { rows, hasMore: false };
}

function matcher(account: SimAccount, filters: Map<string, string>) {
  const [to, from] = [filters.get("To"), filters.get("From")];
  const day = timeRange(filters.get("DateSent"));
  const before = timeRange(filters.get("DateSent<"));
  const since = timeRange(filters.get("DateSent>"));
  return (message: SimMessage): boolean => {
    if (message.accountSid !== account.sid) return false;
    if (to !== undefined && message.to !== to) return false;
    if (from !== undefined && message.from !== from) return false;
    if (!day && !before && !since) return true;
    const { sentAt } = message;
    if (sentAt === null) return false;
    if (day && (sentAt < day.start || sentAt >= day.end)) return false;
    if (before && sentAt > before.start) return false;
    return !since || sentAt >= since.start;
  };
}

/** A date is a whole UTC day, a time one second. */
function timeRange(text: string | undefined): { start: number; end: number } | null {
  if (text === undefined) return null;
  const start = Date.parse(text);
  if (Number.isNaN(start)) return null;
  return { start, end: start + (text.length === 10 ? 86_400_000 : 1000) };
}

function pageLink(
  path: string,
  filters: [string, string][],
  size: number,
  page: number,
  last: SimMessage | undefined,
): string {
  const query = [...filters, ["PageSize", String(size)], ["Page", String(page)]];
  if (last) query.push(["PageToken", `PA${last.sid}`]);
  const text = query.map(
    ([key, value]) => `${encodeURIComponent(key ?? "")}=${encodeURIComponent(value ?? "")}`,
  );
  return JSON.stringify(`${path}?${text.join("&")}`);
}
