import type twilio from "twilio";
import { parseProviderAddress } from "../../domain/provider-address";
import { isSandbox } from "../../domain/sandbox";
import type { ConnectionTest } from "../../ports/sms";
import { listWhatsAppSenders } from "./twilio-webhooks";

type Sender = { sender: string | null; type: "sms" | "whatsapp" };

/** R104: the account answers, is active, and owns the sender. */
export async function checkAccount(
  client: twilio.Twilio,
  sid: string,
  { sender, type }: Sender,
): Promise<ConnectionTest> {
  const account = await client.api.v2010.accounts(sid).fetch();
  if (account.status !== "active") {
    return { ok: false, fault: "credentials", message: `The account is ${account.status}` };
  }
  // Lent to everybody, it is in no account's list.
  if (sender && isSandbox({ type, sender })) {
    return { ok: true, accountName: account.friendlyName, senders: null };
  }
  const senders = await (type === "whatsapp" ? listWhatsAppNumbers : listNumbers)(client);
  if (sender?.startsWith("+") && !senders.includes(sender)) {
    return { ok: false, fault: "sender", message: `${sender} is not a number of this account` };
  }
  return { ok: true, accountName: account.friendlyName, senders };
}

async function listNumbers(client: twilio.Twilio): Promise<string[]> {
  const numbers = await client.incomingPhoneNumbers.list({ limit: 1000 });
  return numbers.map((number) => number.phoneNumber);
}

/** A list of its own: WhatsApp knows numbers that were not bought from Twilio, and not each that was. */
async function listWhatsAppNumbers(client: twilio.Twilio): Promise<string[]> {
  const senders = await listWhatsAppSenders(client);
  return senders.map(({ senderId }) => parseProviderAddress(senderId).value);
}
