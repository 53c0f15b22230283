import { z } from "zod";

/** What travels by NOTIFY: changes, ids only. Nobody vouches for what arrives: its workspace is a bare string. */
export type Notice =
  | {
      readonly kind: "conversation";
      readonly workspaceId: string;
      readonly conversationId: string;
      readonly messageIds: readonly string[];
    }
  | {
      readonly kind: "read";
      readonly workspaceId: string;
      readonly conversationId: string;
      readonly userId: string;
    }
  | { readonly kind: "bell"; readonly workspaceId: string; readonly personId: string }
  | { readonly kind: "access"; readonly userId: string }
  | { readonly kind: "workspace"; readonly workspaceId: string }
  /** Notices were lost on the way: screens must fetch afresh. */
  | { readonly kind: "lost" };

/** PostgreSQL refuses 8000 bytes; ids are ASCII, so characters are bytes. */
const MAX_PAYLOAD = 7900;
/** Message ids of one conversation in one item; more make another item. */
const MAX_MESSAGES = 100;

const id = z.string().max(64);
const item = z.union([
  z.tuple([z.literal("c"), id, id, z.array(id)]),
  z.tuple([z.literal("r"), id, id, id]),
  z.tuple([z.literal("b"), id, id]),
  z.tuple([z.literal("a"), id]),
  z.tuple([z.literal("w"), id]),
  z.tuple([z.literal("x")]),
]);
type Item = z.infer<typeof item>;

/** Packs notices into as few payloads as hold them. */
export function packNotices(notices: readonly Notice[]): string[] {
  const payloads: string[] = [];
  let current = "";
  for (const text of notices.flatMap(toItems).map((entry) => JSON.stringify(entry))) {
    if (current && current.length + text.length + 3 > MAX_PAYLOAD) {
      payloads.push(`[${current}]`);
      current = "";
    }
    current = current ? `${current},${text}` : text;
  }
  return current ? [...payloads, `[${current}]`] : payloads;
}

/** Reads a payload. An item that another version of the app wrote counts as lost notices. */
export function unpackNotices(payload: string): Notice[] {
  const parsed = z.array(z.unknown()).safeParse(parseJson(payload));
  if (!parsed.success) return [{ kind: "lost" }];
  return parsed.data.map((entry) => {
    const known = item.safeParse(entry);
    return known.success ? toNotice(known.data) : { kind: "lost" };
  });
}

function toItems(notice: Notice): Item[] {
  switch (notice.kind) {
    case "conversation": {
      const { workspaceId, conversationId, messageIds } = notice;
      return chunksOf(messageIds).map((ids) => ["c", workspaceId, conversationId, ids]);
    }
    case "read":
      return [["r", notice.workspaceId, notice.conversationId, notice.userId]];
    case "bell":
      return [["b", notice.workspaceId, notice.personId]];
    case "access":
      return [["a", notice.userId]];
    case "workspace":
      return [["w", notice.workspaceId]];
    case "lost":
      return [["x"]];
    default:
      return notice satisfies never;
  }
}

function toNotice(entry: Item): Notice {
  switch (entry[0]) {
    case "c":
      return {
        kind: "conversation",
        workspaceId: entry[1],
        conversationId: entry[2],
        messageIds: entry[3],
      };
    case "r":
      return {
        kind: "read",
        workspaceId: entry[1],
        conversationId: entry[2],
        userId: entry[3],
      };
    case "b":
      return { kind: "bell", workspaceId: entry[1], personId: entry[2] };
    case "a":
      return { kind: "access", userId: entry[1] };
    case "w":
      return { kind: "workspace", workspaceId: entry[1] };
    case "x":
      return { kind: "lost" };
    default:
      return entry satisfies never;
  }
}

function chunksOf(ids: readonly string[]): string[][] {
  const chunks: string[][] = [ids.slice(0, MAX_MESSAGES)];
  for (let at = MAX_MESSAGES; at < ids.length; at += MAX_MESSAGES) {
    chunks.push(ids.slice(at, at + MAX_MESSAGES));
  }
  return chunks;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
