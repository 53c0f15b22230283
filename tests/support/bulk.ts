import type { Lane } from "../../lib/domain/words";
import type { TestDeps } from "./deps";
import type { TestWorkspace } from "./workspace";

type Bulk = { count: number; integrationId?: string; body?: string; lane?: Lane };

/** So many people with one queued text each, as an import would leave them; their bodies are numbered. */
export async function queueBulk(
  deps: Pick<TestDeps, "sql" | "clock">,
  { workspaceId, account, integration }: TestWorkspace,
  { count, integrationId = integration.id, body = "bulk", lane = "normal" }: Bulk,
) {
  const now = deps.clock.now();
  await deps.sql`
    with nth as (
      select n, gen_random_uuid() as person_id, gen_random_uuid() as conversation_id
      from generate_series(1, ${count}::int) as n
    ),
    people as (
      insert into persons (id, workspace_id, created_at, updated_at)
      select person_id, ${workspaceId}, ${now}, ${now} from nth
    ),
    talks as (
      insert into conversations (id, workspace_id, person_id, integration_id, address, state,
        last_seq, last_activity_at, created_at)
      select conversation_id, ${workspaceId}, person_id, ${integrationId},
        '+336' || lpad(n::text, 8, '0'), 'open', 1, ${now}, ${now} from nth
    )
    insert into messages (id, workspace_id, conversation_id, integration_id, account_id, person_id,
      seq, direction, channel, from_address, to_address, body, status, lane, send_after,
      expires_at, created_at)
    select gen_random_uuid(), ${workspaceId}, conversation_id, ${integrationId}, ${account.id},
      person_id, 1, 'out', 'sms', ${integration.sender}, '+336' || lpad(n::text, 8, '0'),
      ${body}::text || ' ' || n, 'queued', ${lane}, ${now},
      ${now}::timestamptz + interval '72 h', ${now}
    from nth`;
}
