import type { PersonAddress } from "../../db/queries/persons";
import type { NewAddress } from "../../db/writes/persons";
import { normalisePhone } from "../domain/phone-number";
import type { Deps } from "../ports/deps";

export type AddressFault = {
  readonly kind: "invalid_address";
  /** Position in what was given. */
  readonly index: number;
  readonly code: "invalid_phone_number" | "invalid_email" | "invalid_whatsapp_id";
  readonly message: string;
};

/** One `@`, something on both sides, a dot in the domain: the rest is the mail server's to say. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
/** Digits of a WhatsApp id without a number behind it, or its business-scoped form. */
const WHATSAPP_ID = /^[\w.+-]{3,128}$/;

/**
 * Addresses as they are stored: phones in E.164, e-mails in lower case, doubles left out.
 * @param defaultCountry ISO 3166-1 alpha-2; how national numbers are read
 */
export function readAddresses(
  deps: Pick<Deps, "chance">,
  given: readonly PersonAddress[],
  defaultCountry: string,
): { ok: true; addresses: NewAddress[] } | { ok: false; fault: AddressFault } {
  const known = new Map<string, NewAddress>();
  for (const [index, address] of given.entries()) {
    const read = readAddress(address, defaultCountry);
    if ("code" in read) return { ok: false, fault: { kind: "invalid_address", index, ...read } };
    const key = `${address.kind} ${read.value}`;
    if (known.has(key)) continue;
    known.set(key, { ...read, id: deps.chance.uuid(), kind: address.kind, raw: address.value });
  }
  return { ok: true, addresses: [...known.values()] };
}

type Read =
  | { value: string; country: string | null }
  | { code: AddressFault["code"]; message: string };

function readAddress({ kind, value }: PersonAddress, defaultCountry: string): Read {
  const text = value.trim();
  switch (kind) {
    case "phone": {
      const phone = normalisePhone(text, defaultCountry);
      if (!phone.ok) return { code: phone.code, message: phone.message };
      return { value: phone.e164, country: phone.country };
    }
    case "email":
      if (EMAIL.test(text) && text.length <= 254)
        return { value: text.toLowerCase(), country: null };
      return {
        code: "invalid_email",
        message: "is no e-mail address: write it like ada@example.org",
      };
    case "whatsapp":
      if (WHATSAPP_ID.test(text)) return { value: text, country: null };
      return { code: "invalid_whatsapp_id", message: "is no WhatsApp id" };
    default:
      return kind satisfies never;
  }
}
