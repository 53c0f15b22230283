import { createServer, type IncomingMessage } from "node:http";
import postgres from "postgres";
import { Pool } from "undici";
import { SENDER } from "./sender";

/**
 * What dispatch is measured against, the least that a durable outbox can do: claim 200 rows, send
 * them at concurrency 50, record them with one UPDATE; no order in a conversation, no attempts, no
 * timeline, no time-outs. `POST /run` empties the table `outbox` and answers the seconds it took; with
 * `?receipts` it asks for status callbacks and records each by one UPDATE, whatever came before it.
 */
type Row = { id: number; to_address: string; body: string };
type Sent = { id: number; sid: string };

const BATCH = 200;
const CONCURRENCY = 50;
const PATH = `/2010-04-01/Accounts/${SENDER.sid}/Messages.json`;

const sql = postgres(process.env.DATABASE_URL ?? "", { max: 10 });
const pool = new Pool(process.env.SIMULATOR ?? "", { connections: CONCURRENCY });
const headers = {
  authorization: `Basic ${Buffer.from(`${SENDER.sid}:${SENDER.token}`).toString("base64")}`,
  "content-type": "application/x-www-form-urlencoded",
};

const origin = `http://127.0.0.1:${process.env.PORT}`;

createServer(async (request, response) => {
  const url = new URL(request.url ?? "/", origin);
  if (url.pathname === "/run") {
    const seconds = await emptyOutbox(url.searchParams.has("receipts"));
    response.end(JSON.stringify({ seconds }));
  } else if (url.pathname === "/status") {
    await recordReceipt(Number(url.searchParams.get("id")), await readForm(request));
    response.writeHead(204).end();
  } else response.writeHead(404).end();
}).listen(Number(process.env.PORT), "127.0.0.1");

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

function recordReceipt(id: number, form: URLSearchParams) {
  return sql`update outbox set receipt = ${form.get("MessageStatus")} where id = ${id}`;
}

async function emptyOutbox(hasReceipts: boolean): Promise<number> {
  const startedAt = performance.now();
  for (let rows = await claim(); rows.length > 0; rows = await claim())
    await record(await send(rows, hasReceipts));
  return (performance.now() - startedAt) / 1000;
}

function claim() {
  return sql<Row[]>`
    update outbox set status = 'sending' where id in (
      select id from outbox where status = 'queued' order by id limit ${BATCH}
      for update skip locked
    ) returning id, to_address, body`;
}

async function send(rows: readonly Row[], hasReceipts: boolean): Promise<Sent[]> {
  const sent: Sent[] = [];
  let next = 0;
  const sendUntilDone = async () => {
    for (let row = rows[next++]; row; row = rows[next++]) {
      sent.push({ id: row.id, sid: await create(row, hasReceipts) });
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, sendUntilDone));
  return sent;
}

async function create({ id, to_address, body }: Row, hasReceipts: boolean): Promise<string> {
  const form = new URLSearchParams({ To: to_address, From: SENDER.number, Body: body });
  if (hasReceipts) form.set("StatusCallback", `${origin}/status?id=${id}`);
  const answer = await pool.request({ method: "POST", path: PATH, headers, body: form.toString() });
  if (answer.statusCode !== 201) throw new Error(`the simulator answers ${answer.statusCode}`);
  return ((await answer.body.json()) as { sid: string }).sid;
}

function record(sent: readonly Sent[]) {
  return sql`
    update outbox o set status = 'sent', provider_id = r.sid, sent_at = now()
    from unnest(${sent.map(({ id }) => id)}::int[], ${sent.map(({ sid }) => sid)}::text[]) as r(id, sid)
    where o.id = r.id`;
}
