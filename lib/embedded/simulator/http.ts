import type { IncomingMessage, ServerResponse } from "node:http";
import { errorJson, type RestError } from "./errors";

export type Exchange = {
  request: IncomingMessage;
  response: ServerResponse;
  method: string;
  /** Without the query. */
  path: string;
  /** Raw, without `?`. */
  query: string;
};

export class BodyTooLarge extends Error {}

/** The whole body. @throws BodyTooLarge, or the connection's error. */
export function readBody(request: IncomingMessage, maximum: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on("data", (part: Buffer) => {
      size += part.length;
      if (size > maximum) reject(new BodyTooLarge());
      else parts.push(part);
    });
    request.on("end", () => {
      const [first] = parts;
      resolve(parts.length === 1 && first ? first : Buffer.concat(parts));
    });
    request.on("error", reject);
  });
}

export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
) {
  if (response.destroyed) return;
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

export function sendJson(response: ServerResponse, status: number, value: unknown) {
  sendText(response, status, JSON.stringify(value));
}

export function sendError(response: ServerResponse, error: RestError) {
  const headers: Record<string, string> =
    error.status === 401 ? { "www-authenticate": 'Basic realm="Twilio API"' } : {};
  sendText(response, error.status, errorJson(error), headers);
}

export function sendBytes(response: ServerResponse, bytes: Buffer, contentType: string) {
  if (response.destroyed) return;
  response.writeHead(200, { "content-type": contentType, "content-length": bytes.length });
  response.end(bytes);
}
