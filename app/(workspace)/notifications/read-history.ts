import type { DetailView, MessageView } from "@/components/notifications/detail-view";
import type { HistoryPlace } from "@/components/notifications/history-place";
import type { HistoryRow } from "@/components/notifications/history-table";
import { decodeCursor } from "@/db/queries/cursor";
import { findNotificationDetail, type NotificationDetail } from "@/db/queries/notification-detail";
import type { NotificationFilter } from "@/db/queries/notification-filter";
import { countDeliveries } from "@/db/queries/notification-stats";
import { findDelays, type Trail } from "@/db/queries/notification-trail";
import { listNotifications, type NotificationWithDeliveries } from "@/db/queries/notifications";
import { findRecipients } from "@/db/queries/recipients";
import type { Viewer } from "@/lib/auth/viewer";
import { gateName, openSentence } from "@/lib/domain/deciding/gate-sentence";
import { addDays, momentsOf } from "@/lib/domain/deciding/local-time";
import { sentenceOf } from "@/lib/domain/deciding/sentence";
import { formatAddress } from "@/lib/domain/format-address";
import { askedRequest } from "@/lib/domain/history/asked-request";
import { overallState, resendableOf, stateOfMessage } from "@/lib/domain/history/delivery-state";
import { totalsBy, totalsOf } from "@/lib/domain/history/totals";
import type { WorkspaceId } from "@/lib/domain/workspace-id";
import { getDeps } from "@/lib/runtime";
import { inOrder, type Reader, toLine, toLines } from "./delivery-line";

const PAGE = 50;
const MONTH_MS = 30 * 86_400_000;

/** R314: a page of the workspace's history, as the URL narrows it. */
export async function readHistory(viewer: Viewer, place: HistoryPlace, reader: Reader) {
  const { db } = getDeps();
  const { workspaceId } = viewer;
  const page = await listNotifications(db, {
    workspaceId,
    personId: "all",
    filter: toFilter(place, reader.zone),
    cursor: place.cursor === null ? null : decodeCursor(place.cursor),
    limit: PAGE,
  });
  const { notifications, nextCursor } = page;
  const messageIds = notifications.flatMap(({ deliveries }) =>
    deliveries.flatMap(({ messageId }) => messageId ?? []),
  );
  const names = await readNames(workspaceId, notifications);
  const delays = await findDelays(db, { workspaceId, messageIds });
  const home = viewer.workspace.defaultCountry;
  const rows = notifications.map((row) => toRow(row, { names, delays, reader, home }));
  return { rows, nextCursor };
}

function toFilter({ filter }: HistoryPlace, zone: string): NotificationFilter {
  const midnight = (date: string) => momentsOf({ date, time: "00:00" }, zone).first;
  const { since, until } = filter;
  return {
    q: filter.q || undefined,
    channel: filter.channel ?? undefined,
    status: filter.status ?? undefined,
    type: filter.type ?? undefined,
    severity: filter.severity ?? undefined,
    since: since === null ? undefined : midnight(since),
    until: until === null ? undefined : midnight(addDays(until, 1)),
  };
}

type Told = Pick<NotificationWithDeliveries, "personId" | "toAddress">;

/** By person: their name; null: nobody has said. */
async function readNames(workspaceId: WorkspaceId, told: readonly Told[]) {
  const personIds = [...new Set(told.map(({ personId }) => personId))];
  if (personIds.length === 0) return new Map<string, string | null>();
  const found = await findRecipients(getDeps().db, { workspaceId, personIds });
  return new Map(found.map(({ personId, name }) => [personId, name]));
}

type Names = Awaited<ReturnType<typeof readNames>>;

function recipientOf({ personId, toAddress }: Told, names: Names, home: string): string {
  const name = names.get(personId);
  if (name) return name;
  return toAddress ? formatAddress(toAddress.value, home) : "–";
}

type Telling = { names: Names; delays: Map<string, number>; reader: Reader; home: string };

function toRow(
  row: NotificationWithDeliveries,
  { names, delays, reader, home }: Telling,
): HistoryRow {
  const channels = toLines(row.deliveries, reader);
  const seconds = row.deliveries.flatMap(({ messageId }) =>
    messageId === null ? [] : (delays.get(messageId) ?? []),
  );
  return {
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    title: row.title,
    recipient: recipientOf(row, names, home),
    type: row.type,
    severity: row.severity,
    channels,
    status: overallState(channels.map(({ state }) => state)),
    delay: seconds.length === 0 ? null : Math.max(...seconds),
  };
}

/** R212: a person's own figures of the last 30 days. */
export async function readOwnStats({ workspaceId, personId }: Viewer) {
  const { db, clock } = getDeps();
  const until = clock.now();
  const since = new Date(until.getTime() - MONTH_MS);
  const rows = await countDeliveries(db, { workspaceId, personId, since, until });
  const byChannel = totalsBy(rows, ({ channel }) => channel);
  return {
    totals: totalsOf(rows),
    byChannel: inOrder(byChannel.map(({ key, total }) => ({ channel: key, total }))),
  };
}

type Opening = { id: string; personId: string | "all"; reader: Reader };

/** null: there is none of that id, or it is somebody else's. */
export async function readDetail(
  { workspaceId, workspace }: Viewer,
  { id, personId, reader }: Opening,
): Promise<DetailView | null> {
  const { db } = getDeps();
  const found = await findNotificationDetail(db, { workspaceId, personId, id });
  if (!found) return null;
  const names = await readNames(workspaceId, [found]);
  const resendable = resendableOf(found.deliveries);
  return {
    id: found.id,
    title: found.title,
    body: found.body,
    recipient: recipientOf(found, names, workspace.defaultCountry),
    type: found.type,
    severity: found.severity,
    answer: found.answerAction,
    createdAt: found.createdAt.toISOString(),
    deliveries: inOrder(found.deliveries).map((delivery) => ({
      ...toDelivery(delivery, reader),
      mayBeResent: resendable.includes(delivery),
    })),
  };
}

type Delivery = NotificationDetail["deliveries"][number];

function toDelivery(delivery: Delivery, reader: Reader) {
  const { channel, insteadOf } = delivery;
  return {
    ...toLine(delivery, reader),
    decisions: delivery.decisions.map(({ at, fate, reason, releaseAt, ...decision }) => ({
      at,
      state: fate,
      sentence: sentenceOf(
        { reason, channel, insteadOf, releaseAt: releaseAt === null ? null : new Date(releaseAt) },
        reader,
      ),
      gate: decision.gate && gateName(decision.gate, reader.locale),
      passed: decision.passed.map((one) => ({
        gate: gateName(one.gate, reader.locale),
        sentence: openSentence(one.reason, reader.locale),
      })),
      isResent: decision.resent !== undefined,
    })),
    messages: delivery.trails.map(toMessage),
  };
}

function toMessage({ message, attempts, lines }: Trail): MessageView {
  return {
    id: message.id,
    state: stateOfMessage(message.status),
    request: askedRequest(message),
    attempts: attempts.map(({ messageId: _, status: __, ...attempt }) => ({
      ...attempt,
      startedAt: attempt.startedAt.toISOString(),
      finishedAt: attempt.finishedAt?.toISOString() ?? null,
    })),
    lines: lines.map(({ at, event, data }) => ({
      at: at.toISOString(),
      event,
      words: wordsOf(data),
    })),
  };
}

/** What a line of a message's timeline says besides its word: a status, a code, a reason. */
function wordsOf(data: Record<string, unknown>): string | null {
  const said = ["status", "code", "reason", "message"].flatMap((name) => {
    const value = data[name];
    return typeof value === "string" && value !== "" ? [value] : [];
  });
  return said.length === 0 ? null : said.join(" · ");
}
