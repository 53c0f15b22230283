import type { Database } from "../../db/client";
import type { NotificationKind, Severity } from "../domain/deciding/words";
import type { WordsOfTemplate } from "../domain/templates/template-book";
import type { Actor } from "../domain/viewer";
import type { Channel } from "../domain/words";
import type { WorkspaceId } from "../domain/workspace-id";
import { conversationKey, findConversationIds, inRounds } from "../outbound/conversation-rounds";
import {
  type EnqueueOutcome,
  enqueueMessages,
  type NewOutbound,
} from "../outbound/enqueue-message";
import { ringDoorbells } from "../outbound/ring-doorbells";
import type { Deps } from "../ports/deps";
import type { Reach } from "./reach";

/** What the gates let through: words for a person by a channel. */
export type Parcel = {
  personId: string;
  channel: Channel;
  reach: Reach;
  words: WordsOfTemplate;
  /** null: it tells of several. */
  notificationId: string | null;
  kind: NotificationKind;
  severity: Severity;
  expiresAt: Date | null;
};

type Acting = { workspaceId: WorkspaceId; actor: Actor };
type Needs = Pick<Deps, "clock" | "chance" | "settings">;

/**
 * Puts parcels into the outbox, inside the caller's transaction; a new conversation stays out of the
 * inbox until its person or an agent writes. An outcome for each, in their order.
 */
export async function handOver(
  deps: Needs,
  tx: Database,
  { acting, parcels }: { acting: Acting; parcels: readonly Parcel[] },
): Promise<EnqueueOutcome[]> {
  const placed = parcels.map((parcel, index) => {
    const { integrationId, value } = parcel.reach;
    if (integrationId === null || value === null) throw new Error("the gates passed no address");
    const key = conversationKey(integrationId, parcel.personId);
    const { personId } = parcel;
    return { parcel, index, personId, integrationId, key, address: { value } };
  });
  const outcomes: EnqueueOutcome[] = [];
  for (const round of inRounds(placed)) {
    const ids = await findConversationIds(deps, tx, { workspaceId: acting.workspaceId, round });
    const inputs = round.map(({ parcel, key }) => toOutbound(acting, parcel, ids.get(key) ?? ""));
    const stored = await enqueueMessages(deps, tx, inputs);
    for (const [nth, { index }] of round.entries()) {
      const outcome = stored[nth];
      if (outcome) outcomes[index] = outcome;
    }
  }
  return outcomes;
}

function toOutbound(acting: Acting, parcel: Parcel, conversationId: string): NewOutbound {
  const { channel, words, kind, severity, expiresAt, notificationId } = parcel;
  return {
    ...acting,
    conversationId,
    body: words.body,
    template: words.approved,
    templateId: words.templateId,
    email: channel === "email" ? { subject: words.subject, html: words.html } : null,
    lane: kind === "system" ? "interactive" : "normal",
    isSystem: kind === "system",
    isCritical: severity === "critical",
    expiresAt,
    notificationId,
  };
}

/** What is stored is told and sent, once its transaction is through. */
export async function tellHandedOver(
  deps: Pick<Deps, "sql" | "clock" | "realtime" | "jobs" | "log">,
  outcomes: readonly EnqueueOutcome[],
): Promise<void> {
  const queued = outcomes.flatMap((outcome) => (outcome.kind === "queued" ? [outcome] : []));
  deps.realtime.announce(queued.map((outcome) => outcome.change));
  await ringDoorbells(
    deps,
    queued.map((outcome) => outcome.bell),
  );
}
