import type { WorkspaceId } from "../domain/workspace-id";

/** Something that screens may be showing has changed. Carries ids only; readers fetch the row. */
export type Change =
  | {
      readonly kind: "conversation";
      readonly workspaceId: WorkspaceId;
      readonly conversationId: string;
      /** Messages that are new or changed; empty when only the conversation changed. */
      readonly messageIds: readonly string[];
    }
  /** An agent read (or marked unread) a conversation: told to their own screens only. */
  | {
      readonly kind: "read";
      readonly workspaceId: WorkspaceId;
      readonly conversationId: string;
      readonly userId: string;
    }
  /** Something that every screen of the workspace shows: they fetch afresh. */
  | { readonly kind: "workspace"; readonly workspaceId: WorkspaceId }
  /** What the bell of a person counts has changed: told to their own screens only. */
  | { readonly kind: "bell"; readonly workspaceId: WorkspaceId; readonly personId: string }
  /** Somebody's role, visible numbers or session changed: their streams close and reconnect. */
  | { readonly kind: "access"; readonly userId: string };

export interface Realtime {
  /** Call after the commit. Returns at once, coalesces for 50 ms, never throws: a lost one is healed by resync. */
  announce(changes: readonly Change[]): void;
}
