import type { Database } from "../../db/client";
import { countUnreadOf } from "../../db/queries/notifications";
import { maySeeIntegration } from "../domain/viewer";
import { type EncodedEvents, encodeEvent, encodeEvents } from "./event-stream";
import type { HubClient } from "./hub";
import { type LiveConversation, readConversations, readReads } from "./live-events";
import type { Notice } from "./wire";

type Send = (client: HubClient, events: EncodedEvents) => void;

type Delivery = {
  db: Database;
  /** Clients of one workspace. */
  group: readonly HubClient[];
  notices: readonly Notice[];
  send: Send;
};

/** Reads what has changed in the clients' workspace and hands it to those who may see it. */
export async function deliverWorkspace(delivery: Delivery) {
  const readers = delivery.group.filter(({ viewer }) => viewer.readsInbox);
  await deliverInbox({ ...delivery, group: readers });
  await deliverBells(delivery);
}

/** Each person's own number, to their own screens. */
async function deliverBells({ db, group, notices, send }: Delivery) {
  const workspaceId = group[0]?.viewer.workspaceId;
  if (!workspaceId) return;
  const rung = new Set(
    notices.flatMap((notice) =>
      notice.kind === "bell" && notice.workspaceId === workspaceId ? [notice.personId] : [],
    ),
  );
  const clients = group.filter(({ viewer }) => rung.has(viewer.personId));
  if (clients.length === 0) return;
  const personIds = [...new Set(clients.map(({ viewer }) => viewer.personId))];
  const unread = await countUnreadOf(db, { workspaceId, personIds });
  for (const client of clients) {
    const count = unread.get(client.viewer.personId) ?? 0;
    send(client, encodeEvent({ type: "bell", unread: count }));
  }
}

async function deliverInbox({ db, group, notices, send }: Delivery) {
  const workspaceId = group[0]?.viewer.workspaceId;
  if (!workspaceId) return;
  const userIds = [...new Set(group.map((client) => client.viewer.userId))];
  const changed = notices.flatMap((notice) =>
    notice.kind === "conversation" && notice.workspaceId === workspaceId ? [notice] : [],
  );
  const live = await readConversations(db, { workspaceId, notices: changed, userIds });
  sendConversations(group, live, send);
  const reads = notices.flatMap((notice) =>
    notice.kind === "read" && notice.workspaceId === workspaceId && userIds.includes(notice.userId)
      ? [notice]
      : [],
  );
  for (const { integrationId, ...state } of await readReads(db, workspaceId, reads)) {
    for (const client of group) {
      if (client.viewer.userId !== state.userId) continue;
      if (!maySeeIntegration(client.viewer, integrationId)) continue;
      send(client, encodeEvent({ type: "read", ...state }));
    }
  }
}

/** Who may see the same and has the same unread gets the very same bytes. */
function sendConversations(
  group: readonly HubClient[],
  live: readonly LiveConversation[],
  send: Send,
) {
  const made = new Map<string, EncodedEvents>();
  for (const client of group) {
    const { viewer } = client;
    const unread = live.map((one) =>
      maySeeIntegration(viewer, one.integrationId) ? one.unreadOf(viewer.userId) : null,
    );
    if (unread.every((count) => count === null)) continue;
    const key = unread.join();
    const events = made.get(key) ?? encodeEvents(eventsFor(live, unread));
    made.set(key, events);
    send(client, events);
  }
}

/** @param unread of each; null: not for these eyes */
function eventsFor(live: readonly LiveConversation[], unread: readonly (number | null)[]) {
  return live.flatMap((one, nth) => {
    const count = unread[nth] ?? null;
    return count === null ? [] : [one.eventFor(count)];
  });
}

/** The clients of each workspace. */
export function groupByWorkspace(clients: ReadonlySet<HubClient>): HubClient[][] {
  const groups = new Map<string, HubClient[]>();
  for (const client of clients) {
    const group = groups.get(client.viewer.workspaceId) ?? [];
    group.push(client);
    groups.set(client.viewer.workspaceId, group);
  }
  return [...groups.values()];
}
