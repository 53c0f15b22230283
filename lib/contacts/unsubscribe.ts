import { findSubscription, type Subscription } from "../../db/queries/system/email";
import { insertConsent } from "../../db/writes/consents";
import { addActivities, touchConversationsOf } from "../../db/writes/conversations";
import { lockPerson } from "../../db/writes/persons";
import { activityRow } from "../conversations/change-conversation";
import type { ConsentState } from "../domain/words";
import { openUnsubscribeToken } from "../outbound/unsubscribe-link";
import type { Deps } from "../ports/deps";

/** null: the link is not ours, or what it stood in is gone. */
export async function openSubscription(
  deps: Pick<Deps, "sql" | "settings">,
  token: string,
): Promise<Subscription | null> {
  const messageId = openUnsubscribeToken(deps, token);
  return messageId === null ? null : findSubscription(deps.sql, messageId);
}

type Choice = {
  token: string;
  state: ConsentState;
  /** What was sent to say so, as proof; null: a button of ours. */
  words: string | null;
};

/**
 * The recipient of an e-mail wants no more from this sender, or does again (RFC 8058). It counts at once
 * on every path; saying it twice adds nothing to the ledger. False: the link does not work.
 */
export async function chooseSubscription(
  deps: Pick<Deps, "db" | "sql" | "settings" | "clock" | "realtime">,
  { token, state, words }: Choice,
): Promise<boolean> {
  const found = await openSubscription(deps, token);
  if (!found) return false;
  if ((found.state ?? "opted_in") === state) return true;
  const { workspaceId, messageId, personId, integrationId, channel, address } = found;
  const conversationIds = await deps.db.transaction(async (tx) => {
    if (!(await lockPerson(tx, workspaceId, personId))) return null;
    const source = "unsubscribe" as const;
    const said = { state, source, words, messageId, at: deps.clock.now() };
    await insertConsent(tx, { workspaceId, personId, integrationId, channel, address, ...said });
    const rows = await touchConversationsOf(tx, workspaceId, personId);
    const acting = { workspaceId, integrations: "all", actor: { kind: "system" } } as const;
    const own = rows.filter((row) => row.integrationId === integrationId);
    await addActivities(
      tx,
      own.map((row) => activityRow(deps, acting, row, { kind: state, data: { by: "link" } })),
    );
    return rows.map((row) => row.id);
  });
  if (!conversationIds) return false;
  deps.realtime.announce(
    conversationIds.map((conversationId) => {
      return { kind: "conversation", workspaceId, conversationId, messageIds: [] };
    }),
  );
  return true;
}
