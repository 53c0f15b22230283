import { and, eq, sql } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { subjects } from "../schema";

export type SubjectRef = { readonly type: string; readonly id: string };

type Of = { workspaceId: WorkspaceId; of: readonly SubjectRef[] };

/**
 * What was reported about subjects so far, by `subjectKey`; their rows are made if need be and held until
 * the transaction ends, in one order everywhere.
 */
export async function lockSubjects(
  tx: Database,
  { workspaceId, of }: Of,
): Promise<Map<string, Readonly<Record<string, string>>>> {
  const each = new Map(of.map(({ type, id }) => [subjectKey({ type, id }), { type, id }]));
  if (each.size === 0) return new Map();
  const values = [...each].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  const rows = await tx
    .insert(subjects)
    .values(values.map((one) => ({ ...one, workspaceId })))
    .onConflictDoUpdate({
      target: [subjects.workspaceId, subjects.type, subjects.id],
      set: { type: sql`excluded.type` },
    })
    .returning({ type: subjects.type, id: subjects.id, events: subjects.events });
  return new Map(rows.map((row) => [subjectKey(row), row.events]));
}

type Noting = { workspaceId: WorkspaceId; subject: SubjectRef; event: string; at: Date };

/** An event of this type happened to the subject; the latest counts. The caller holds its row. */
export async function noteEvent(tx: Database, { workspaceId, subject, event, at }: Noting) {
  const time = at.toISOString();
  const latest = sql`greatest(${subjects.events} ->> ${event}, ${time})`;
  await tx
    .update(subjects)
    .set({ events: sql`${subjects.events} || jsonb_build_object(${event}::text, ${latest})` })
    .where(
      and(
        eq(subjects.workspaceId, workspaceId),
        eq(subjects.type, subject.type),
        eq(subjects.id, subject.id),
      ),
    );
}

export function subjectKey({ type, id }: SubjectRef): string {
  return JSON.stringify([type, id]);
}
