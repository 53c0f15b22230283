import { and, asc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { hashPassword } from "../lib/auth/password";
import type { Role } from "../lib/domain/words";
import type { Deps } from "../lib/ports/deps";
import type { Database } from "./client";
import { demoSid, demoToken } from "./demo/build";
import { DEMO_PASSWORD, DEMO_USERS, DEMO_WORKSPACES } from "./demo/cast";
import { loadWorkspace } from "./demo/load-workspace";
import { mailDomains } from "./demo/mail";
import type { Stage } from "./demo/play";
import { ENGLISH_SCRIPTS } from "./demo/scripts-en";
import { FRENCH_SCRIPTS } from "./demo/scripts-fr";
import { LIBRAIRIE_SCRIPTS } from "./demo/scripts-librairie";
import { SHORT_SCRIPTS } from "./demo/short-exchanges";
import { accounts, messages, workspaces } from "./schema";

export type DemoLogin = {
  name: string;
  email: string;
  password: string;
  workspaces: { slug: string; role: Role }[];
};

/** Who can sign in to the demo; the launcher prints them. */
export const DEMO_LOGINS: readonly DemoLogin[] = Object.entries(DEMO_USERS).map(([key, user]) => ({
  name: user.name,
  email: user.email,
  password: DEMO_PASSWORD,
  workspaces: DEMO_WORKSPACES.flatMap(({ slug, members }) =>
    members.filter((member) => member.user === key).map(({ role }) => ({ slug, role })),
  ),
}));

export type DemoAccount = {
  sid: string;
  token: string;
  name: string;
  numbers: { number: string; type: "sms" | "whatsapp"; name: string }[];
};

/** The accounts that the simulator must know for the demo's numbers to work. */
export function demoAccounts(): DemoAccount[] {
  return DEMO_WORKSPACES.map(({ slug, accountName, senders }) => ({
    sid: demoSid("AC", slug),
    token: demoToken(slug),
    name: accountName,
    numbers: senders.map(({ number, type, name }) => ({ number, type, name })),
  }));
}

const FOUNDED_DAYS_AGO = 200;
const DAY = 24 * 60 * 60_000;
/** Two processes that start at once on one database load it once: an advisory lock of this number. */
const DEMO_LOCK = 7_220_431;

type Loading = {
  simulatorUrl: string;
  /** What systems have reported to a workspace so far, inside the transaction that makes it. */
  live: (tx: Database, stage: Stage) => Promise<void>;
};

/**
 * Loads the demo's two workspaces, with times relative to now, unless they are there; then only the
 * simulator's address is set anew. All or nothing. The same clock gives the same rows, ids included.
 */
export async function loadDemo(
  deps: Pick<Deps, "db" | "clock" | "cipher">,
  { simulatorUrl, live }: Loading,
): Promise<{ isNew: boolean }> {
  const slugs = DEMO_WORKSPACES.map(({ slug }) => slug);
  return deps.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${DEMO_LOCK})`);
    const known = await tx
      .select({ slug: workspaces.slug })
      .from(workspaces)
      .where(inArray(workspaces.slug, slugs));
    if (known.length > 0) {
      await pointAtSimulator(tx, simulatorUrl);
      return { isNew: false };
    }
    await loadAll(deps, tx, { simulatorUrl, live });
    return { isNew: true };
  });
}

async function loadAll(
  deps: Pick<Deps, "clock" | "cipher">,
  tx: Database,
  { simulatorUrl, live }: Loading,
) {
  const now = deps.clock.now();
  const foundedAt = new Date(now.getTime() - FOUNDED_DAYS_AGO * DAY);
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const { cipher } = deps;
  for (const workspace of DEMO_WORKSPACES) {
    const scripts =
      workspace.slug === "demo"
        ? [...FRENCH_SCRIPTS, ...ENGLISH_SCRIPTS, ...SHORT_SCRIPTS]
        : LIBRAIRIE_SCRIPTS;
    const input = { workspace, scripts, cipher, simulatorUrl, passwordHash, now, foundedAt };
    await live(tx, await loadWorkspace(tx, input));
  }
}

/** The simulator may listen elsewhere than last time. Accounts that were pasted in stay theirs. */
async function pointAtSimulator(tx: Database, simulatorUrl: string) {
  const sids = [...DEMO_WORKSPACES.map(({ slug }) => demoSid("AC", slug)), ...mailDomains()];
  await tx.update(accounts).set({ apiOrigin: simulatorUrl }).where(inArray(accounts.sid, sids));
}

export type DemoHistoryMessage = {
  sid: string;
  accountSid: string;
  direction: "inbound" | "outbound-api";
  /** With `whatsapp:` where it is WhatsApp. */
  from: string;
  to: string;
  body: string;
  status: "received" | "accepted" | "sent" | "delivered" | "read" | "undelivered" | "failed";
  at: Date;
};

/** What the phone network would remember of the demo's conversations, for the simulator's phones. */
export async function demoHistory(db: Database): Promise<DemoHistoryMessage[]> {
  const sids = DEMO_WORKSPACES.map(({ slug }) => demoSid("AC", slug));
  const rows = await db
    .select({ message: messages, accountSid: accounts.sid })
    .from(messages)
    .innerJoin(accounts, eq(accounts.id, messages.accountId))
    .where(and(inArray(accounts.sid, sids), isNotNull(messages.providerId)))
    .orderBy(asc(messages.createdAt));
  return rows.flatMap(({ message, accountSid }) => {
    const { status, providerId } = message;
    if (!isKnownThere(status) || !providerId || !accountSid) return [];
    const prefix = message.channel === "whatsapp" ? "whatsapp:" : "";
    return {
      sid: providerId,
      accountSid,
      direction: message.direction === "in" ? ("inbound" as const) : ("outbound-api" as const),
      from: `${prefix}${message.fromAddress}`,
      to: `${prefix}${message.toAddress}`,
      body: message.body,
      status,
      at: message.createdAt,
    };
  });
}

const KNOWN_THERE: readonly string[] = [
  "received",
  "accepted",
  "sent",
  "delivered",
  "read",
  "undelivered",
  "failed",
];

function isKnownThere(status: string): status is DemoHistoryMessage["status"] {
  return KNOWN_THERE.includes(status);
}
