import type { SimMessage } from "./words";

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
let cachedSecond = -1;
let cachedText = "";

/** `Thu, 24 Aug 2023 05:01:45 +0000`, kept for the second since creates come in thousands. */
export function rfc2822(time: number): string {
  const second = Math.floor(time / 1000);
  if (second === cachedSecond) return cachedText;
  const d = new Date(second * 1000);
  const two = (n: number) => String(n).padStart(2, "0");
  const date = `${two(d.getUTCDate())} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()}`;
  const clock = `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`;
  cachedSecond = second;
  cachedText = `${DAYS[d.getUTCDay()]}, ${date} ${clock} +0000`;
  return cachedText;
}

/**
 * A message as the REST API shows it, written by hand: this is the hot path.
 *
 * @param pricedAfterMs how long after the send its price is known
 */
export function messageJson(m: SimMessage, pricedAfterMs: number): string {
  const uri = `/2010-04-01/Accounts/${m.accountSid}/Messages/${m.sid}`;
  const sent = m.sentAt === null ? "null" : `"${rfc2822(m.sentAt)}"`;
  const isPriced = m.sentAt !== null && Date.now() >= m.sentAt + pricedAfterMs;
  const price = isPriced ? `"-${priceOf(m).toFixed(5)}"` : "null";
  return `{"account_sid":"${m.accountSid}","api_version":"2010-04-01","body":${JSON.stringify(m.body)},"date_created":"${rfc2822(m.createdAt)}","date_sent":${sent},"date_updated":"${rfc2822(m.updatedAt)}","direction":"${m.direction}","error_code":${m.errorCode},"error_message":${errorMessage(m)},"from":${JSON.stringify(m.from)},"messaging_service_sid":${JSON.stringify(m.serviceSid)},"num_media":"${m.numMedia}","num_segments":"${m.segments}","price":${price},"price_unit":"USD","sid":"${m.sid}","status":"${m.status}","subresource_uris":{"media":"${uri}/Media.json"},"to":${JSON.stringify(m.to)},"uri":"${uri}.json"}`;
}

/** US dollars, as Twilio bills a US account: an SMS by the segment, the others by the message. */
function priceOf(m: SimMessage): number {
  if (m.to.startsWith("whatsapp:") || m.from?.startsWith("whatsapp:")) return 0.005;
  return m.numMedia > 0 ? 0.02 : 0.0075 * Math.max(1, m.segments);
}

function errorMessage(m: SimMessage): string {
  return m.errorCode === null ? "null" : JSON.stringify(failureSentence(m.errorCode));
}

function failureSentence(code: number): string {
  switch (code) {
    case 11200:
      return "HTTP retrieval failure";
    case 30003:
      return "Unreachable destination handset";
    case 30005:
      return "Unknown destination handset";
    case 30036:
      return "Validity Period Expired";
    case 63016:
      return "Failed to send freeform message because you are outside the allowed window";
    case 63019:
      return "Media failed to download";
    default:
      return `Error ${code}`;
  }
}
