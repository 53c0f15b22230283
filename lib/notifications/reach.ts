import type { Database } from "../../db/client";
import type { ChannelSender } from "../../db/queries/notification-rules";
import { findStandings, type OwnPlace } from "../../db/queries/recipients";
import type { Route } from "../domain/deciding/occasion";
import type { NotificationChannel } from "../domain/deciding/words";
import { isWindowOpen } from "../domain/message-expiry";
import type { AddressKind } from "../domain/words";
import type { WorkspaceId } from "../domain/workspace-id";

export type GivenAddress = { readonly kind: AddressKind; readonly value: string };

/** How somebody is reached by a channel, and by whom and where; null: they are not. */
export type Reach = Route & {
  readonly integrationId: string | null;
  readonly value: string | null;
  /** WhatsApp outside the 24 h: only an approved text may be sent, and there is one. */
  readonly needsApproved: boolean;
};

export type Senders = {
  byChannel: ReadonlyMap<string, ChannelSender>;
  /** `person integration`. */
  optOuts: ReadonlySet<string>;
  openWindows: ReadonlySet<string>;
};

/** What these persons said and wrote to each of the workspace's senders. */
export async function findSenders(
  db: Database,
  { workspaceId, personIds }: { workspaceId: WorkspaceId; personIds: readonly string[] },
  { senders, at }: { senders: readonly ChannelSender[]; at: Date },
): Promise<Senders> {
  const standings = personIds.length > 0 ? await findStandings(db, { workspaceId, personIds }) : [];
  const optOuts = standings.filter(({ isOptedOut }) => isOptedOut);
  const open = standings.filter(({ lastInboundAt }) => isWindowOpen(lastInboundAt, at));
  return {
    byChannel: new Map(senders.map((sender) => [sender.type, sender])),
    optOuts: new Set(optOuts.map((one) => `${one.personId} ${one.integrationId}`)),
    openWindows: new Set(open.map((one) => `${one.personId} ${one.integrationId}`)),
  };
}

type Search = {
  channel: NotificationChannel;
  given: GivenAddress | null;
  /** The person's, in the order in which they are taken. */
  places: readonly OwnPlace[];
  senders: Senders;
  of: string;
  isUser: boolean;
  /** Is there an approved text for what is told, of this integration? */
  hasApproved: (integrationId: string) => boolean;
};

/** What an address must be to be reached by a channel; a WhatsApp id is tried before a number. */
const KINDS: Readonly<Record<NotificationChannel, readonly AddressKind[]>> = {
  web: [],
  email: ["email"],
  sms: ["phone"],
  whatsapp: ["whatsapp", "phone"],
};

/** How a person is reached by a channel: where, by whom, and what stands in the way. */
export function findReach(search: Search): Reach {
  const { channel, given, places, senders, of, isUser } = search;
  if (channel === "web") {
    const address = isUser ? "verified" : "missing";
    const nowhere = { integrationId: null, value: null, needsApproved: false };
    return { channel, address, fault: null, isOptedOut: false, ...nowhere };
  }
  const kinds = KINDS[channel];
  const place =
    given && kinds.includes(given.kind)
      ? { ...given, isVerified: places.some((one) => one.value === given.value && one.isVerified) }
      : kinds.flatMap((kind) => places.find((one) => one.kind === kind) ?? [])[0];
  const sender = senders.byChannel.get(channel);
  const key = `${of} ${sender?.id}`;
  const fault = findFault(channel, sender, senders.openWindows.has(key));
  const needsApproved =
    fault === "whatsapp_window_closed" && sender !== undefined && search.hasApproved(sender.id);
  return {
    channel,
    address: place ? (place.isVerified ? "verified" : "unverified") : "missing",
    fault: needsApproved ? null : fault,
    isOptedOut: senders.optOuts.has(key),
    integrationId: sender?.id ?? null,
    value: place?.value ?? null,
    needsApproved,
  };
}

function findFault(
  channel: NotificationChannel,
  sender: ChannelSender | undefined,
  isWindow: boolean,
): Route["fault"] {
  if (!sender) return "no_sender";
  const needsThem = sender.provider === "twilio" || sender.provider === "resend";
  if (needsThem && !sender.hasCredentials) return "no_credentials";
  return channel === "whatsapp" && !isWindow ? "whatsapp_window_closed" : null;
}
