import type twilio from "twilio";
import { fromTwilioStatus } from "../../domain/message-status";
import { toWhatsAppAddress } from "../../domain/provider-address";
import type {
  ListedMessage,
  ListedPrice,
  PriceQuery,
  ProviderReport,
  ReceivedMessage,
  SentMessage,
  SentQuery,
  TrafficQuery,
} from "../../ports/sms";

const PAGE_SIZE = 100;
/** A number that gets more than this within minutes is no person's. */
const MAX_PAGES = 10;

type Instance = Awaited<ReturnType<ReturnType<twilio.Twilio["messages"]>["fetch"]>>;
type Page = { instances: Instance[]; nextPage(): Promise<Page> | undefined };

/**
 * Its messages. One without its moment or its direction is none: passed over it would be "not there".
 *
 * @throws where the page holds such a one
 */
function messagesOf({ instances }: Page): Instance[] {
  const isWhole = ({ dateCreated, direction }: Instance) =>
    dateCreated instanceof Date && typeof direction === "string";
  if (instances.every(isWhole)) return instances;
  throw new Error("a message of the list lacks its date or direction");
}

/**
 * Newest first, back to `since`. Not by `DateSent`: what has not been sent yet has none (reference
 * §1.3), and that is what is looked for.
 */
export async function listSent(
  client: twilio.Twilio,
  { channel, from, to, since }: SentQuery,
): Promise<ListedMessage[]> {
  const address = channel === "whatsapp" ? toWhatsAppAddress : (text: string) => text;
  const query = { from: address(from), to: address(to), pageSize: PAGE_SIZE };
  const found: ListedMessage[] = [];
  let page: Page = await client.messages.page(query);
  for (let n = 1; ; n += 1) {
    for (const instance of messagesOf(page)) {
      if (instance.dateCreated < since) return found;
      if (instance.direction === "outbound-api") found.push(readListed(instance));
    }
    const next = n < MAX_PAGES ? await page.nextPage() : undefined;
    if (!next) return found;
    page = next;
  }
}

function readListed(instance: Instance): ListedMessage {
  return {
    providerId: instance.sid,
    body: instance.body ?? "",
    mediaCount: Number(instance.numMedia ?? 0),
    createdAt: instance.dateCreated.getTime(),
    report: readReport(instance),
  };
}

/** What a message of the provider's says of its own fate. */
export function readReport(instance: Instance): ProviderReport {
  return {
    status: fromTwilioStatus(instance.status),
    errorCode: instance.errorCode ? String(instance.errorCode) : null,
    errorMessage: instance.errorMessage || null,
  };
}

/** A page of the longest kind: a long silence is read in few requests. */
const TRAFFIC_PAGE = 1000;
const MAX_FILES = 20;

/** Of one list; what has more is asked for in parts, so that no month's texts are held at once. */
const MAX_TRAFFIC_PAGES = 10;

/** By the day they were sent: received ones have it from the start, and what is not sent yet waits. */
export async function listTraffic(client: twilio.Twilio, { from, until }: TrafficQuery) {
  const received: ReceivedMessage[] = [];
  const sent: SentMessage[] = [];
  let page: Page | undefined = await client.messages.page({
    dateSentAfter: from,
    dateSentBefore: until,
    pageSize: TRAFFIC_PAGE,
  });
  for (let n = 1; page; n += 1) {
    for (const instance of messagesOf(page)) {
      if (instance.direction === "inbound") received.push(readReceived(instance));
      else if (instance.from) sent.push(readSent(instance));
    }
    page = await page.nextPage();
    if (page && n >= MAX_TRAFFIC_PAGES) return { isWhole: false, received, sent };
  }
  return { isWhole: true, received: received.reverse(), sent: sent.reverse() };
}

function readSent(instance: Instance): SentMessage {
  return {
    providerId: instance.sid,
    from: instance.from,
    to: instance.to,
    messagingServiceSid: instance.messagingServiceSid || null,
    body: instance.body ?? "",
    sentAt: instance.dateSent ?? instance.dateCreated,
    mediaCount: Number(instance.numMedia ?? 0),
    report: readReport(instance),
  };
}

function readReceived(instance: Instance): ReceivedMessage {
  return {
    providerId: instance.sid,
    from: instance.from,
    to: instance.to,
    messagingServiceSid: instance.messagingServiceSid || null,
    body: instance.body ?? "",
    receivedAt: instance.dateSent ?? instance.dateCreated,
    mediaCount: Number(instance.numMedia ?? 0),
  };
}

const PRICES_PAGE = 1000;

/** A page of what was sent or came in between two moments, with what it cost. */
export async function listPrices(client: twilio.Twilio, { from, until, page }: PriceQuery) {
  const read =
    page === null
      ? await client.messages.page({
          dateSentAfter: from,
          dateSentBefore: until,
          pageSize: PRICES_PAGE,
        })
      : await client.messages.getPage(page);
  const nextPage = read.nextPageUrl ?? null;
  return { prices: read.instances.map(readPrice), nextPage };
}

/** Twilio writes what it takes as a negative amount, and nothing while it does not know. */
function readPrice({ sid, price, priceUnit }: Instance): ListedPrice {
  const amount = Math.abs(Number(price));
  const isKnown = Boolean(price) && Number.isFinite(amount) && Boolean(priceUnit);
  const currency = (priceUnit ?? "").toUpperCase();
  return { providerId: sid, price: isKnown ? { amount, currency } : null };
}

/** Where the bytes are: the file's own address without its `.json` (reference §1.3). */
export async function listFiles(client: twilio.Twilio, providerId: string) {
  const files = await client.messages(providerId).media.list({ limit: MAX_FILES });
  return files.map(({ uri, contentType }) => ({
    url: `https://api.twilio.com${uri.replace(/\.json$/, "")}`,
    contentType,
  }));
}
