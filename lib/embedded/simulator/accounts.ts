import { z } from "zod";
import { newSid } from "./ids";
import { rfc2822 } from "./message-json";
import type { Network } from "./network";
import type { SimAccount } from "./words";

const url = z.url({ protocol: /^https?$/ });

/** An account as the launcher, a command line or a test describes it. */
export const accountSchema = z.strictObject({
  /** Twilio's; of AWS SNS the access key id, whose secret is the token. */
  sid: z
    .string()
    .regex(/^(AC[0-9a-fA-F]{32}|AKIA[A-Z0-9]{16})$/, "AC and 32 hex digits, or AKIA and 16 signs"),
  token: z.string().min(1),
  secondaryToken: z.string().min(1).nullish(),
  friendlyName: z.string().optional(),
  status: z.enum(["active", "suspended", "closed"]).default("active"),
  /** Where texts to its numbers are posted; may carry Twilio's `#rc=…&rp=…`. */
  webhookUrl: url.nullish(),
  advancedOptOut: z.boolean().default(false),
  numbers: z
    .array(
      z.strictObject({
        number: z.string().min(1),
        type: z.enum(["sms", "whatsapp"]).default("sms"),
        friendlyName: z.string().optional(),
        smsUrl: url.nullish(),
        smsFallbackUrl: url.nullish(),
        statusCallback: url.nullish(),
      }),
    )
    .default([]),
  services: z
    .array(
      z.strictObject({
        sid: z.string().regex(/^MG[0-9a-fA-F]{32}$/, "MG and 32 hex digits"),
        numbers: z.array(z.string()),
        statusCallback: url.nullish(),
        inboundUrl: url.nullish(),
        fallbackUrl: url.nullish(),
      }),
    )
    .default([]),
});

export type AccountInput = z.input<typeof accountSchema>;

/** Adds the account or puts the new description in its place; numbers keep their SIDs. */
export function registerAccount(network: Network, input: AccountInput): SimAccount {
  const given = accountSchema.parse(input);
  const known = network.state.accounts.get(given.sid);
  const account: SimAccount = {
    sid: given.sid,
    token: given.token,
    secondaryToken: given.secondaryToken ?? null,
    friendlyName: given.friendlyName ?? given.sid,
    status: given.status,
    webhookUrl: given.webhookUrl ?? null,
    advancedOptOut: given.advancedOptOut,
    numbers: given.numbers.map((one) => ({
      sid: sameNumber(known, one)?.sid ?? newSid("PN"),
      number: one.number,
      type: one.type,
      friendlyName: one.friendlyName ?? one.number,
      smsUrl: one.smsUrl ?? sameNumber(known, one)?.smsUrl ?? null,
      smsFallbackUrl: one.smsFallbackUrl ?? sameNumber(known, one)?.smsFallbackUrl ?? null,
      statusCallback: one.statusCallback ?? null,
    })),
    services: given.services.map((one) => ({
      ...one,
      statusCallback: one.statusCallback ?? null,
      inboundUrl: one.inboundUrl ?? null,
      fallbackUrl: one.fallbackUrl ?? null,
    })),
    createdAt: known?.createdAt ?? Date.now(),
  };
  keepAccount(network, account);
  return account;
}

function sameNumber(account: SimAccount | undefined, one: { number: string; type: string }) {
  return account?.numbers.find((n) => n.number === one.number && n.type === one.type);
}

export function keepAccount(network: Network, account: SimAccount) {
  network.state.accounts.set(account.sid, account);
  network.ledger.append({ k: "account", at: Date.now(), account });
  network.events.tell("accounts", {});
}

/** An account as the REST API shows it; the token is never among it. */
export function accountJson(account: SimAccount) {
  const uri = `/2010-04-01/Accounts/${account.sid}`;
  return {
    sid: account.sid,
    friendly_name: account.friendlyName,
    status: account.status,
    type: "Full",
    owner_account_sid: account.sid,
    date_created: rfc2822(account.createdAt),
    date_updated: rfc2822(account.createdAt),
    subresource_uris: {
      messages: `${uri}/Messages.json`,
      incoming_phone_numbers: `${uri}/IncomingPhoneNumbers.json`,
    },
    uri: `${uri}.json`,
  };
}
