import type { SimMail, SimMailAccount } from "./mail-words";

const KEY_KEPT_MS = 24 * 3_600_000;

/** The memory of the mail side. `applyMailLine` of mail-lines.ts rebuilds it from the ledger. */
export class Mailbox {
  /** By API key. */
  readonly accounts = new Map<string, SimMailAccount>();
  /** By id, in the order they were taken. */
  readonly mails = new Map<string, SimMail>();
  /** Idempotency keys whose first request has not been answered yet. */
  readonly keysUnderWay = new Set<string>();
  private readonly keys = new Map<string, SimMail>();

  constructor(private readonly maximum: number) {}

  add(mail: SimMail) {
    this.mails.set(mail.id, mail);
    if (mail.idempotencyKey !== null) this.keys.set(keyOf(mail.accountId, mail), mail);
    if (this.mails.size > this.maximum) this.forgetOldest();
  }

  /** The mail that this key brought in the last 24 hours. */
  findByKey(accountId: string, idempotencyKey: string, now: number): SimMail | null {
    const mail = this.keys.get(keyOf(accountId, { idempotencyKey }));
    return mail && now - mail.at < KEY_KEPT_MS ? mail : null;
  }

  accountById(id: string): SimMailAccount | null {
    return [...this.accounts.values()].find((account) => account.id === id) ?? null;
  }

  /** Newest first. Addresses compare without case; null: any. */
  list(filter: { to: string | null; from: readonly string[] | null; limit: number }): SimMail[] {
    const to = filter.to?.toLowerCase() ?? null;
    const from = filter.from?.map((one) => one.toLowerCase()) ?? null;
    const found: SimMail[] = [];
    for (const mail of [...this.mails.values()].reverse()) {
      if (found.length >= filter.limit) break;
      if (to !== null && !mail.to.some((one) => one.toLowerCase() === to)) continue;
      if (from === null || from.includes(mail.from.toLowerCase())) found.push(mail);
    }
    return found;
  }

  /** Accounts stay. */
  clear() {
    this.mails.clear();
    this.keys.clear();
  }

  // A benchmark's millions stay in the ledger file; memory keeps the newest.
  private forgetOldest() {
    const [oldest] = this.mails.values();
    if (!oldest) return;
    this.mails.delete(oldest.id);
    const key = keyOf(oldest.accountId, oldest);
    if (this.keys.get(key) === oldest) this.keys.delete(key);
  }
}

/** Keys are an account's own. */
export function keyOf(accountId: string, { idempotencyKey }: Pick<SimMail, "idempotencyKey">) {
  return `${accountId} ${idempotencyKey}`;
}
