import { findPreferences } from "../../db/queries/preferences";
import { lockConversationPlace, putConversationPlace } from "../../db/writes/conversation-places";
import { CHANNEL_OF_KIND, CODE_SECONDS, codeWords } from "../domain/address-code";
import type { WorkspaceId } from "../domain/workspace-id";
import { sealText } from "../outbound/sealed-text";
import type { Deps } from "../ports/deps";
import { handOver, tellHandedOver } from "./hand-over";
import { judge } from "./judge";
import type { GivenAddress } from "./reach";
import { readRecipients } from "./recipients";
import { NO_TEMPLATE } from "./word-notification";

type Needs = Pick<
  Deps,
  "db" | "sql" | "clock" | "chance" | "cipher" | "realtime" | "jobs" | "log" | "settings"
>;

type Sending = { workspaceId: WorkspaceId; personId: string; to: GivenAddress; code: string };

export type SendCodeOutcome =
  | { kind: "sent" }
  /** Why it cannot be: a gate's reason, or one of the outbox. */
  | { kind: "refused"; reason: string };

/**
 * Sends a code to an address of a person's, as a system message: the gates of address, sender and consent
 * are asked, and no other. Colleagues read a stand-in in its place.
 */
export async function sendCode(
  deps: Needs,
  { workspaceId, personId, to, code }: Sending,
): Promise<SendCodeOutcome> {
  const { db } = deps;
  const of = { workspaceId, personIds: [personId] };
  const at = deps.clock.now();
  const preferences = await findPreferences(db, of);
  const { rules, recipients } = await readRecipients(db, { ...of, types: [], preferences, at });
  const recipient = recipients.get(personId);
  if (!recipient) return { kind: "refused", reason: "no_address" };
  const channel = CHANNEL_OF_KIND[to.kind];
  const expiresAt = new Date(at.getTime() + CODE_SECONDS * 1000);
  const notification = { ...CODE, expiresAt, toAddress: to };
  const { decision, reach } = judge({ at, notification, channel, recipient, rules });
  if (decision.fate !== "queued") return { kind: "refused", reason: decision.reason };
  const { subject, text, standIn } = codeWords(recipient.locale, code);
  const parcel = {
    ...{ personId, channel, reach, notificationId: null, expiresAt },
    ...{ kind: CODE.kind, severity: CODE.severity },
    words: { subject, body: standIn, html: null, ...NO_TEMPLATE },
    sealed: sealText(deps, { text, html: null }),
  };
  const acting = { workspaceId, actor: { kind: "system" } as const };
  const outcomes = await db.transaction(async (tx) => {
    const place = await lockConversationPlace(tx, { workspaceId, personId, ...reach });
    const handed = await handOver(deps, tx, { acting, parcels: [parcel] });
    // Nobody knows yet that they read what comes there: replies go where they went.
    if (place) await putConversationPlace(tx, { workspaceId, ...place });
    return handed;
  });
  await tellHandedOver(deps, outcomes);
  const [outcome] = outcomes;
  return outcome?.kind === "refused" ? { kind: "refused", reason: outcome.code } : { kind: "sent" };
}

const CODE = {
  kind: "system",
  type: "system.code",
  category: "system",
  severity: "medium",
  isTimeSensitive: true,
  sendsImmediately: true,
  hasTemplate: false,
  data: {},
} as const;
