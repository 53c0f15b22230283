import type { AccountInput } from "./accounts";
import type { MailAccountInput } from "./mail-accounts";
import type { PERSON_EVENTS, SimMail, SimMailAccount } from "./mail-words";
import type { PhoneSummary } from "./phone-reads";
import type { NetworkSwitches, Switches } from "./switches";
import type { SimAccount, SimMedia, SimMessage, SimNumber, SimPhone, WhatsappExtra } from "./words";

export type NetworkDescription = {
  origin: string;
  accounts: Omit<SimAccount, "token" | "secondaryToken">[];
  mailAccounts: ShownMailAccount[];
  switches: NetworkSwitches;
};

type ShownMailAccount = Pick<SimMailAccount, "id" | "domains" | "webhookUrl">;

export type SendInput = {
  from: string;
  to: string;
  body?: string;
  media?: SimMedia[];
  extra?: Exclude<WhatsappExtra, { kind: "media" | "text" }> | null;
  repliesTo?: string | null;
  profileName?: string | null;
  /** Answer only when the app has answered the webhook. */
  wait?: boolean;
};

export type SendAnswer = {
  message: SimMessage;
  webhook: { httpStatus: number | null; body: string; tries: number } | null;
};

export type PhoneThread = {
  messages: SimMessage[];
  windows: { sender: string; openedAt: number }[];
};

type Fields = Record<string, string>;

/**
 * The control API as functions, for the screen's doors, tests and benchmarks.
 *
 * @param origin Of a running simulator, without a trailing slash.
 */
export function simulatorControl(origin: string) {
  const url = (path: string, query: Fields = {}) =>
    `${origin}/control/${path}?${new URLSearchParams(query)}`;
  const get = async <T>(path: string, query: Fields = {}) =>
    read<T>(await reach(url(path, query), {}));
  const write = async <T>(method: string, path: string, value: unknown, query: Fields = {}) =>
    read<T>(await reach(url(path, query), { method, body: JSON.stringify(value) }));
  const scope = (phone: string | null): Fields => (phone === null ? {} : { phone });
  return {
    state: () => get<NetworkDescription>("state"),
    registerAccount: (account: AccountInput) =>
      write<{ sid: string; numbers: SimNumber[] }>("POST", "accounts", account),
    /** Last used first; with `senders` only what went between them and these numbers of ours. */
    phones: ({ limit = 50, senders }: { limit?: number; senders?: readonly string[] } = {}) =>
      get<PhoneSummary[]>("phones", {
        limit: String(limit),
        ...(senders ? { senders: senders.join(",") } : {}),
      }),
    addPhone: (phone: string, name: string | null) =>
      write<SimPhone>("POST", "phones", { phone, name }),
    /** @param phone Without `whatsapp:`; both channels come. */
    thread: (phone: string) => get<PhoneThread>("thread", { phone }),
    send: (input: SendInput) => write<SendAnswer>("POST", "send", input),
    upload: async (bytes: Uint8Array<ArrayBuffer>, contentType: string, fileName: string | null) =>
      read<SimMedia>(
        await reach(url("media", fileName === null ? {} : { fileName }), {
          method: "POST",
          headers: { "content-type": contentType },
          body: bytes,
        }),
      ),
    media: (sid: string, type: string) => reach(url("media", { sid, type }), {}),
    switches: (phone: string) => get<Partial<Switches>>("switches", { phone }),
    /** @param phone null: the whole network. */
    setSwitches: (phone: string | null, values: Partial<NetworkSwitches>) =>
      write<Partial<NetworkSwitches>>("PATCH", "switches", values, scope(phone)),
    calmDown: (phone: string | null) => write<unknown>("DELETE", "switches", {}, scope(phone)),
    /** Addresses with `whatsapp:`; null closes the window. */
    setWindow: (sender: string, person: string, openedAt: Date | null) =>
      write<unknown>("POST", "window", {
        sender,
        person,
        openedAt: openedAt?.toISOString() ?? null,
      }),
    reset: () => write<unknown>("POST", "reset", {}),
    /** Connections are refused for so long, then the same port listens again. */
    closeListener: (closedForMs: number) => write<unknown>("POST", "listener", { closedForMs }),
    /** In the order the network took them; `marker` is a part of the body. */
    messages: (filter: { marker?: string; direction?: string; to?: string; from?: string } = {}) =>
      get<SimMessage[]>("messages", filter),
    ...mailControl(get, write),
    /** JSON Lines. */
    ledger: async (marker?: string) =>
      (await reach(url("ledger", marker === undefined ? {} : { marker }), {})).text(),
    events: (signal: AbortSignal) => reach(url("events"), { signal }),
  };
}

type Get = <T>(path: string, query?: Fields) => Promise<T>;
type Write = <T>(method: string, path: string, value: unknown) => Promise<T>;

/** The mailbox's part of the control API. */
function mailControl(get: Get, write: Write) {
  const path = (id: string, deed = "") => `mails/${encodeURIComponent(id)}${deed}`;
  return {
    /** In the place of the one with the same key. */
    registerMailAccount: (account: MailAccountInput) =>
      write<ShownMailAccount>("POST", "mail-accounts", account),
    /** Newest first, 100 unless told; `from`: only what these addresses of ours sent. */
    mails: (filter: { to?: string; from?: readonly string[]; limit?: number } = {}) =>
      get<SimMail[]>("mails", {
        ...(filter.to === undefined ? {} : { to: filter.to }),
        ...(filter.from === undefined ? {} : { from: filter.from.join(",") }),
        ...(filter.limit === undefined ? {} : { limit: String(filter.limit) }),
      }),
    mail: (id: string) => get<SimMail>(path(id)),
    /** What the person or their server does to a mail; the app is told by its webhook. */
    mailEvent: (id: string, type: (typeof PERSON_EVENTS)[number]) =>
      write<SimMail>("POST", path(id, "/event"), { type }),
    /** One click on the mail client's own button; httpStatus null: nobody answered. */
    unsubscribe: (id: string) =>
      write<{ url: string; httpStatus: number | null }>("POST", path(id, "/unsubscribe"), {}),
  };
}

export class SimulatorRefused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** No simulator answers at its address. */
export class SimulatorGone extends Error {}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, cache: "no-store" });
  } catch (cause) {
    throw new SimulatorGone("the simulator cannot be reached", { cause });
  }
}

/** @throws SimulatorRefused with the control API's own sentence. */
async function read<T>(response: Response): Promise<T> {
  const value = await response.json();
  if (!response.ok) throw new SimulatorRefused(response.status, String(value?.error));
  return value as T;
}
