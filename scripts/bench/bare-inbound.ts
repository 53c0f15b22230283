import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { v7 } from "uuid";
import { openDatabase } from "../../db/client";
import { findWebhookIntegration } from "../../db/queries/system/webhook-accounts";
import { storeInbound } from "../../db/writes/inbound";
import { SENDER } from "./sender";

/**
 * What the door is measured against: one integration known beforehand, the signature, the one
 * statement, the answer; no rules, no logs, no live updates.
 */
const { db, sql } = openDatabase(process.env.DATABASE_URL ?? "");
const origin = process.env.APP_URL ?? "";
const known = await findWebhookIntegration(db, {
  accountSid: SENDER.sid,
  messagingServiceSid: null,
  channel: "sms",
  sender: SENDER.number,
});
if (!known) throw new Error("the benchmark's integration is not there");
const { workspaceId, integrationId, accountId } = known;

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", async () => {
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const given = Buffer.from(String(request.headers["x-twilio-signature"] ?? ""), "base64");
    if (!isSigned(origin + request.url, form, given)) return response.writeHead(403).end();
    await store(form);
    response
      .writeHead(200, { "content-type": "text/xml", "content-length": 11 })
      .end("<Response/>");
  });
}).listen(Number(process.env.PORT), "127.0.0.1");

function isSigned(url: string, form: URLSearchParams, given: Buffer): boolean {
  let text = url;
  for (const name of [...form.keys()].sort()) text += name + form.get(name);
  const expected = createHmac("sha1", SENDER.token).update(text).digest();
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function store(form: URLSearchParams) {
  const from = form.get("From") ?? "";
  return storeInbound(sql, {
    workspaceId,
    integrationId,
    accountId,
    ids: { message: v7(), conversation: v7(), person: v7(), address: v7(), alias: v7() },
    address: { kind: "phone", value: from, raw: from, country: "FR" },
    alias: null,
    profileName: null,
    searchText: from,
    channel: "sms",
    messageKind: "text",
    to: form.get("To") ?? "",
    body: form.get("Body") ?? "",
    content: null,
    providerId: form.get("MessageSid") ?? "",
    quotedProviderId: null,
    media: [],
    wakes: true,
    priority: null,
    labels: [],
    why: { rule: "message" },
    consent: null,
    onlineSince: new Date(0),
    now: new Date(),
  });
}
