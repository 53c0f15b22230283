import { notFound } from "./errors";
import { type Exchange, sendError, sendJson } from "./http";
import { rfc2822 } from "./message-json";
import { type Network, setMedia } from "./network";
import type { SimMedia, SimMessage } from "./words";

/** Path on which the bytes lie: the API redirects there, as to a CDN, and no credentials are asked. */
export const MEDIA_PREFIX = "/media/";

/** `/Media.json`, `/Media/{sid}.json` and the bytes `/Media/{sid}` of one message. */
export function answerMedia(
  network: Network,
  message: SimMessage,
  { method, path, response }: Exchange,
  tail: string,
) {
  if (tail === "/Media.json" && method === "GET") {
    return sendJson(response, 200, mediaPage(message, path));
  }
  const sid = tail.slice("/Media/".length, "/Media/".length + 34);
  const media = message.media.find((one) => one.sid === sid);
  if (!media) return sendError(response, notFound(path));
  if (method === "DELETE") {
    setMedia(
      network,
      message,
      message.media.filter((one) => one !== media),
    );
    response.writeHead(204);
    return response.end();
  }
  if (tail.endsWith(".json")) return sendJson(response, 200, mediaJson(message, media));
  response.writeHead(307, { location: `${network.origin}${MEDIA_PREFIX}${sid}` });
  return response.end();
}

function mediaPage(message: SimMessage, path: string) {
  const uri = `${path}?PageSize=50&Page=0`;
  return {
    media_list: message.media.map((media) => mediaJson(message, media)),
    first_page_uri: uri,
    next_page_uri: null,
    previous_page_uri: null,
    uri,
    page: 0,
    page_size: 50,
    start: 0,
    end: Math.max(0, message.media.length - 1),
  };
}

function mediaJson(message: SimMessage, media: SimMedia) {
  return {
    sid: media.sid,
    account_sid: message.accountSid,
    parent_sid: message.sid,
    content_type: media.contentType,
    date_created: rfc2822(message.createdAt),
    date_updated: rfc2822(message.updatedAt),
    uri: `/2010-04-01/Accounts/${message.accountSid}/Messages/${message.sid}/Media/${media.sid}.json`,
  };
}
