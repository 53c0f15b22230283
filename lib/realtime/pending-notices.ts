import type { Notice } from "./wire";

/** A burst of changes kept as one: a conversation appears once, with all its message ids. */
export class PendingNotices {
  private readonly conversations = new Map<
    string,
    { workspaceId: string; messageIds: Set<string> }
  >();
  private readonly reads = new Map<string, Extract<Notice, { kind: "read" }>>();
  private readonly bells = new Map<string, Extract<Notice, { kind: "bell" }>>();
  private readonly access = new Set<string>();
  private readonly workspaces = new Set<string>();
  private isLost = false;

  /** @param limit conversations, reads and bells kept; beyond it they are forgotten and count as lost */
  constructor(private readonly limit: number) {}

  get isEmpty() {
    return !this.isLost && this.size + this.access.size + this.workspaces.size === 0;
  }

  private get size() {
    return this.conversations.size + this.reads.size + this.bells.size;
  }

  add(notice: Notice) {
    switch (notice.kind) {
      case "conversation":
        this.addConversation(notice);
        break;
      case "read":
        this.reads.set(`${notice.conversationId}:${notice.userId}`, notice);
        break;
      case "bell":
        this.bells.set(`${notice.workspaceId}:${notice.personId}`, notice);
        break;
      case "access":
        this.access.add(notice.userId);
        break;
      case "workspace":
        this.workspaces.add(notice.workspaceId);
        break;
      case "lost":
        this.isLost = true;
        break;
      default:
        notice satisfies never;
    }
    if (this.size > this.limit) this.forget();
  }

  /**
   * What is held, access first: who lost a right must not be told the rest.
   * @param most conversations; the others stay and go on merging
   */
  take(most = Number.POSITIVE_INFINITY): Notice[] {
    const notices: Notice[] = [...this.access].map((userId) => ({ kind: "access", userId }));
    if (this.isLost) notices.push({ kind: "lost" });
    for (const workspaceId of this.workspaces) notices.push({ kind: "workspace", workspaceId });
    for (const [conversationId, { workspaceId, messageIds }] of this.conversations) {
      if (notices.length >= most) break;
      this.conversations.delete(conversationId);
      notices.push({
        kind: "conversation",
        workspaceId,
        conversationId,
        messageIds: [...messageIds],
      });
    }
    notices.push(...this.reads.values(), ...this.bells.values());
    this.access.clear();
    this.workspaces.clear();
    this.reads.clear();
    this.bells.clear();
    this.isLost = false;
    return notices;
  }

  private addConversation(notice: Extract<Notice, { kind: "conversation" }>) {
    const held = this.conversations.get(notice.conversationId) ?? {
      workspaceId: notice.workspaceId,
      messageIds: new Set<string>(),
    };
    for (const id of notice.messageIds) held.messageIds.add(id);
    this.conversations.set(notice.conversationId, held);
  }

  private forget() {
    this.conversations.clear();
    this.reads.clear();
    this.bells.clear();
    this.isLost = true;
  }
}
