import { request } from "undici";
import { storeMedia } from "./media-files";
import { type Network, setMedia } from "./network";
import { isWhatsapp, type SimMedia, type SimMessage } from "./words";

const MEGABYTE = 1_048_576;

/** Fetches what an outbound message carries, as the provider does. @returns false when one failed. */
export async function fetchOutboundMedia(network: Network, message: SimMessage): Promise<boolean> {
  const maximum = (isWhatsapp(message.to) ? 16 : 5) * MEGABYTE;
  const found = await Promise.all(message.mediaUrls.map((url) => fetchOne(network, url, maximum)));
  if (network.isClosed) return false;
  const media = found.filter((one): one is SimMedia => one !== null);
  setMedia(network, message, media);
  return media.length === message.mediaUrls.length;
}

async function fetchOne(network: Network, url: string, maximum: number): Promise<SimMedia | null> {
  try {
    const reply = await request(url, {
      headers: { "user-agent": "TwilioProxy/1.1" },
      headersTimeout: 10_000,
      bodyTimeout: 10_000,
    });
    if (reply.statusCode !== 200) {
      await reply.body.dump();
      return null;
    }
    const bytes = await readAtMost(reply.body, maximum);
    const type = String(reply.headers["content-type"] ?? "application/octet-stream");
    return bytes && (await storeMedia(network, bytes, type.split(";")[0] ?? type, nameOf(url)));
  } catch {
    // Refused, reset or too slow: to the provider all the same, the file could not be had.
    return null;
  }
}

async function readAtMost(body: AsyncIterable<Buffer>, maximum: number): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > maximum) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function nameOf(url: string): string | null {
  const name = new URL(url).pathname.split("/").pop() ?? "";
  return /\.[a-z0-9]{2,5}$/i.test(name) ? name : null;
}
