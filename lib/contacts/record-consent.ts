import type { Database } from "../../db/client";
import { findConversationOf } from "../../db/queries/conversations";
import { addressesOf } from "../../db/queries/persons";
import { findStartSender, type StartSender } from "../../db/queries/start-sender";
import { insertConsent, settleProbableStop } from "../../db/writes/consents";
import { addActivities, touchConversationsOf } from "../../db/writes/conversations";
import { lockPerson } from "../../db/writes/persons";
import { type Acting, activityRow, userOf } from "../conversations/change-conversation";
import type { Channel, ConsentState } from "../domain/words";
import type { Deps } from "../ports/deps";

export type ConsentInput = {
  personId: string;
  integrationId: string;
  state: ConsentState;
  /** How it was said, word for word or in the recorder's own words: the proof. */
  words: string;
  /** The message that says so. */
  messageId?: string | null;
};

export type RecordConsentOutcome =
  | { kind: "recorded" }
  | { kind: "person_not_found" }
  | { kind: "integration_not_found" }
  /** They have no address on this channel. */
  | { kind: "no_address"; channel: Channel };

type Needs = Pick<Deps, "db" | "clock" | "realtime">;

/**
 * Somebody of the team, or a system, records what a person said about being written to by one of our
 * senders. It counts at once on every path; the thread keeps a line of it. A consent that is recorded
 * after a STOP does not lift the provider's own block: only the person's START does.
 */
export async function recordConsent(
  deps: Needs,
  acting: Acting,
  input: ConsentInput,
): Promise<RecordConsentOutcome> {
  const { workspaceId } = acting;
  const sender = await findStartSender(deps.db, acting, { integrationId: input.integrationId });
  if (!sender) return { kind: "integration_not_found" };
  const conversationIds: string[] = [];
  const outcome = await deps.db.transaction(async (tx) => {
    const person = await lockPerson(tx, workspaceId, input.personId);
    if (!person) return { kind: "person_not_found" } as const;
    const address = await findAddress(tx, { acting, input, channel: sender.type });
    if (!address) return { kind: "no_address", channel: sender.type } as const;
    conversationIds.push(...(await write(deps, tx, { acting, input, sender, address })));
    return { kind: "recorded" } as const;
  });
  const messageIds = input.messageId ? [input.messageId] : [];
  deps.realtime.announce(
    conversationIds.map((conversationId) => {
      return { kind: "conversation", workspaceId, conversationId, messageIds };
    }),
  );
  return outcome;
}

type Finding = { acting: Acting; input: ConsentInput; channel: Channel };

/** Where they are written to by this sender; else their first address of that kind. */
async function findAddress(tx: Database, { acting, input, channel }: Finding) {
  const { workspaceId } = acting;
  const { personId, integrationId } = input;
  const conversation = await findConversationOf(tx, { workspaceId, personId, integrationId });
  if (conversation) return conversation.address;
  const known = await addressesOf(tx, workspaceId, personId);
  const kinds =
    channel === "whatsapp" ? ["phone", "whatsapp"] : [channel === "sms" ? "phone" : channel];
  return known.find(({ kind }) => kinds.includes(kind))?.value ?? null;
}

type Write = { acting: Acting; input: ConsentInput; sender: StartSender; address: string };

/** Returns the conversations whose screens change. */
async function write(deps: Needs, tx: Database, { acting, input, sender, address }: Write) {
  const { workspaceId, actor } = acting;
  const { personId, integrationId, state, words, messageId = null } = input;
  const at = deps.clock.now();
  await insertConsent(tx, {
    workspaceId,
    personId,
    integrationId,
    channel: sender.type,
    address,
    state,
    source: actor.kind === "user" ? "agent" : "api",
    words,
    messageId,
    actorUserId: userOf(actor),
    apiKeyId: actor.kind === "api_key" ? actor.apiKeyId : null,
    at,
  });
  if (messageId) {
    await settleProbableStop(tx, { workspaceId, messageId, as: "recorded", by: userOf(actor) });
  }
  const rows = await touchConversationsOf(tx, workspaceId, personId);
  const data = { words, by: "team" };
  await addActivities(
    tx,
    rows
      .filter((row) => row.integrationId === integrationId)
      .map((row) => activityRow(deps, acting, row, { kind: state, data })),
  );
  return rows.map((row) => row.id);
}
