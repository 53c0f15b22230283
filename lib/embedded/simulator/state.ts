import { Mailbox } from "./mailbox";
import type { NetworkSwitches, Switches } from "./switches";
import {
  isWhatsapp,
  personOf,
  type SimAccount,
  type SimMessage,
  type SimPhone,
  senderOf,
} from "./words";

/** The network's memory. `applyLine` of restore.ts rebuilds it from the ledger. */
export class NetworkState {
  readonly accounts = new Map<string, SimAccount>();
  /** By SID, in the order they were taken. */
  readonly messages = new Map<string, SimMessage>();
  /** By the person's address, in the order they were taken. */
  readonly threads = new Map<string, SimMessage[]>();
  readonly phones = new Map<string, SimPhone>();
  readonly phoneSwitches = new Map<string, Partial<Switches>>();
  /** Pairs `sender person` that the network itself blocks. */
  readonly optOuts = new Set<string>();
  /** When the person of a WhatsApp pair last wrote, in ms. */
  readonly windows = new Map<string, number>();
  readonly mailbox: Mailbox;
  private count = 0;

  constructor(
    public switches: NetworkSwitches,
    private readonly maximum: number,
  ) {
    this.mailbox = new Mailbox(maximum);
  }

  nextNumber(): number {
    this.count += 1;
    return this.count;
  }

  add(message: SimMessage) {
    this.messages.set(message.sid, message);
    this.count = Math.max(this.count, message.n);
    const person = personOf(message);
    const thread = this.threads.get(person);
    if (thread) thread.push(message);
    else this.threads.set(person, [message]);
    if (message.direction === "inbound" && isWhatsapp(person)) {
      this.windows.set(pair(message.to, person), message.createdAt);
    }
    if (this.messages.size > this.maximum) this.forgetOldest();
  }

  remove(sid: string) {
    const message = this.messages.get(sid);
    if (!message) return;
    this.messages.delete(sid);
    const person = personOf(message);
    const thread = this.threads.get(person)?.filter((other) => other !== message) ?? [];
    if (thread.length > 0) this.threads.set(person, thread);
    else this.threads.delete(person);
  }

  clear() {
    for (const part of [
      this.messages,
      this.threads,
      this.phoneSwitches,
      this.optOuts,
      this.windows,
      this.mailbox,
    ]) {
      part.clear();
    }
  }

  /** What goes wrong for this person (`+33…`, `whatsapp:…`, a mail address): their own values over the network's. */
  switchesFor(person: string): Switches {
    if (this.phoneSwitches.size === 0) return this.switches;
    const bare = isWhatsapp(person) ? person.slice(9) : person;
    const own = this.phoneSwitches.get(bare);
    return own ? { ...this.switches, ...own } : this.switches;
  }

  isOptedOut(message: Pick<SimMessage, "direction" | "from" | "to" | "serviceSid">): boolean {
    if (this.optOuts.size === 0) return false;
    const person = personOf(message);
    const senders = [senderOf(message), message.serviceSid];
    return senders.some((sender) => sender !== null && this.optOuts.has(pair(sender, person)));
  }

  // A benchmark's millions stay in the ledger file; memory keeps the newest.
  private forgetOldest() {
    const [oldest] = this.messages.keys();
    if (oldest === undefined) return;
    const message = this.messages.get(oldest);
    this.messages.delete(oldest);
    if (!message) return;
    const person = personOf(message);
    const thread = this.threads.get(person);
    if (thread?.[0] === message) thread.shift();
    if (thread?.length === 0) this.threads.delete(person);
  }
}

export function pair(sender: string, person: string): string {
  return `${sender} ${person}`;
}
