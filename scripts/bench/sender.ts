import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { sealForApp } from "./app";

export const WORKSPACE = "bench";

/** The provider account of the benchmarks and the number it sends from. */
export const SENDER = {
  sid: `AC${"b".repeat(32)}`,
  token: "bench-token",
  number: "+33199000001",
} as const;

/** A workspace with one number, its default for SMS, and no limits of the API. */
export async function insertSender(sql: postgres.Sql) {
  const [workspace, account] = [randomUUID(), randomUUID()];
  await sql`insert into workspaces (id, slug, name, api_per_minute, api_per_recipient_hour,
      api_per_recipient_day, created_at)
    values (${workspace}, ${WORKSPACE}, 'Bench', null, null, null, now())`;
  await sql`insert into accounts (id, workspace_id, provider, sid, token_sealed, created_at, updated_at)
    values (${account}, ${workspace}, 'twilio', ${SENDER.sid}, ${sealForApp(SENDER.token)}, now(), now())`;
  await sql`insert into integrations
    (id, workspace_id, account_id, account_sid, name, type, sender, is_default, created_at, updated_at)
    values (${randomUUID()}, ${workspace}, ${account}, ${SENDER.sid}, 'Bench', 'sms',
      ${SENDER.number}, true, now(), now())`;
}
