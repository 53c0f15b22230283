import type { Database } from "../../db/client";
import type { NotificationKind, Severity } from "../domain/deciding/words";
import { MASKED_TOKEN, shortPreferenceUrl } from "../domain/preference-link";
import { measureSegments } from "../domain/segments";
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
import { preferenceToken } from "../outbound/preference-token";
import { ringDoorbells } from "../outbound/ring-doorbells";
import { sealText } from "../outbound/sealed-text";
import type { Deps } from "../ports/deps";
import { keepLinks } from "./preference-links";
import type { Reach } from "./reach";

/** What the gates let through: words for a person by a channel. */
export type Parcel = {
  personId: string;
  channel: Channel;
  reach: Reach;
  words: WordsOfTemplate;
  /** What is said in the place of the words, for the recipient alone (sealText); left out: nothing is. */
  sealed?: string;
  /** null: it tells of several. */
  notificationId: string | null;
  kind: NotificationKind;
  severity: Severity;
  expiresAt: Date | null;
};

type Acting = { workspaceId: WorkspaceId; actor: Actor };
type Needs = Pick<Deps, "clock" | "chance" | "cipher" | "settings">;

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
  const links = await linksOf(deps, tx, { acting, parcels });
  const outcomes: EnqueueOutcome[] = [];
  for (const round of inRounds(placed)) {
    const ids = await findConversationIds(deps, tx, { workspaceId: acting.workspaceId, round });
    const inputs = round.map(({ parcel, key }) =>
      toOutbound(acting, linked(deps, parcel, links), ids.get(key) ?? ""),
    );
    const stored = await enqueueMessages(deps, tx, inputs);
    for (const [nth, { index }] of round.entries()) {
      const outcome = stored[nth];
      if (outcome) outcomes[index] = outcome;
    }
  }
  return outcomes;
}

type Linked = Parcel & { linkVersion?: number };

/** The preference links of those who are sent an e-mail or a summary; what is sealed carries none. */
async function linksOf(
  deps: Needs,
  tx: Database,
  { acting, parcels }: { acting: Acting; parcels: readonly Parcel[] },
): Promise<Map<string, number>> {
  const personIds = parcels.flatMap((one) => (carriesLink(one) ? [one.personId] : []));
  return keepLinks(deps, tx, { workspaceId: acting.workspaceId, personIds });
}

function carriesLink({ channel, notificationId, sealed }: Parcel): boolean {
  if (sealed !== undefined) return false;
  return channel === "email" || (channel === "sms" && notificationId === null);
}

/**
 * A parcel with its person's link. An e-mail has it in its footer; the summary of a text has it as a line
 * of its own where that makes it no dearer, and colleagues read that line masked.
 */
function linked(deps: Needs, parcel: Parcel, links: ReadonlyMap<string, number>): Linked {
  const version = carriesLink(parcel) ? links.get(parcel.personId) : undefined;
  if (version === undefined) return parcel;
  if (parcel.channel === "email") return { ...parcel, linkVersion: version };
  const { appUrl } = deps.settings;
  const { body } = parcel.words;
  const lineOf = (token: string) => shortPreferenceUrl(appUrl, token);
  const shown = lineOf(MASKED_TOKEN);
  const sent = lineOf(preferenceToken(deps, { personId: parcel.personId, version }));
  if (shown === null || sent === null) return parcel;
  const text = `${body}\n${sent}`;
  if (measureSegments(text).segments > measureSegments(body).segments) return parcel;
  const words = { ...parcel.words, body: `${body}\n${shown}` };
  return { ...parcel, words, sealed: sealText(deps, { text, html: null }) };
}

function toOutbound(acting: Acting, parcel: Linked, conversationId: string): NewOutbound {
  const { channel, words, kind, severity, expiresAt, notificationId, sealed } = parcel;
  const { linkVersion } = parcel;
  const { subject, html } = words;
  const isEmail = channel === "email";
  return {
    ...acting,
    conversationId,
    body: words.body,
    template: words.approved,
    templateId: words.templateId,
    email: isEmail
      ? { subject, html, ...(sealed && { sealed }), ...(linkVersion && { linkVersion }) }
      : null,
    sealed: isEmail ? null : (sealed ?? null),
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
