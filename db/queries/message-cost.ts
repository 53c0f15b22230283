import { sql } from "drizzle-orm";
import type { Money } from "../../lib/domain/price";
import { attempts, budgets, sendingPauses } from "../schema";

// Written out: without a join drizzle leaves the table's name away, and `id` would be the inner table's.

/** Why a message of `messages` is what it is: one that a pause or the budget holds waits for that. */
export const shownReason = sql<string | null>`case
  when "messages"."status" = 'queued' and "messages"."direction" = 'out'
    and not "messages"."is_system" and exists (
      select 1 from ${sendingPauses} p
      where p.workspace_id = "messages"."workspace_id"
        and p.scope in ('all', "messages"."channel"))
  then 'sending_paused'
  when "messages"."status" in ('queued', 'scheduled') and "messages"."lane" = 'normal'
    and "messages"."direction" = 'out' and exists (
      select 1 from ${budgets} b
      where b.workspace_id = "messages"."workspace_id" and b.is_used_up
        and ("messages"."status" = 'queued' or "messages"."send_after" <= b.used_up_at))
  then 'budget_used_up' else "messages"."status_reason" end`;

/** ≈ what the sends of a message of `messages` were counted with; null: none left, or without a price. */
export const countedEstimate = sql<Money | null>`case when "messages"."direction" = 'out' then (
  select json_build_object('amount', sum(a.estimate)::float8, 'currency', a.estimate_unit)
  from ${attempts} a
  where a.message_id = "messages"."id" and a.estimate is not null
  group by a.estimate_unit order by a.estimate_unit limit 1) end`;
