import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import type { SimMailAccount } from "./mail-words";
import type { Network } from "./network";

/** A mail account as the launcher, a command line or a test describes it. */
export const mailAccountSchema = z
  .strictObject({
    apiKey: z.string().regex(/^re_\w+$/, "re_ and letters, digits or _"),
    domains: z.array(z.string().min(1).toLowerCase()).default([]),
    webhookSecret: z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/, "whsec_ and base64")
      .nullish(),
    /** Where events are posted. */
    webhookUrl: z.url({ protocol: /^https?$/ }).nullish(),
  })
  .refine(({ webhookUrl, webhookSecret }) => !webhookUrl || webhookSecret, {
    message: "events are always signed: a webhookUrl needs a webhookSecret",
    path: ["webhookSecret"],
  });

export type MailAccountInput = z.input<typeof mailAccountSchema>;

/**
 * Adds the account or puts the new description in its place; its id stays.
 *
 * @throws ZodError when the description is none.
 */
export function registerMailAccount(network: Network, input: MailAccountInput): SimMailAccount {
  const given = mailAccountSchema.parse(input);
  const { accounts } = network.state.mailbox;
  const known = accounts.get(given.apiKey);
  const account: SimMailAccount = {
    id: known?.id ?? randomUUID(),
    apiKey: given.apiKey,
    domains: given.domains,
    webhookSecret: given.webhookSecret ?? null,
    webhookUrl: given.webhookUrl ?? null,
    createdAt: known?.createdAt ?? Date.now(),
  };
  accounts.set(account.apiKey, account);
  network.ledger.append({ k: "mail_account", at: Date.now(), account });
  network.events.tell("accounts", {});
  return account;
}

/** What may be seen of an account: neither key nor secret. */
export function shownMailAccount({ id, domains, webhookUrl }: SimMailAccount) {
  return { id, domains, webhookUrl };
}

/** GET /domains. */
export function domainsJson(account: SimMailAccount) {
  const data = account.domains.map((name) => ({
    id: domainId(account, name),
    name,
    status: "verified",
    created_at: new Date(account.createdAt).toISOString(),
    region: "eu-west-1",
    capabilities: { sending: "enabled", receiving: "disabled" },
  }));
  return { object: "list", has_more: false, data };
}

/** A UUID that stays the same for the same domain. */
function domainId(account: SimMailAccount, name: string): string {
  const hex = createHash("sha256").update(`${account.id} ${name}`).digest("hex");
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
  ];
  return [...parts, hex.slice(20, 32)].join("-");
}
