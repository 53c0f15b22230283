/** The one WhatsApp sender that Twilio lends to everybody for trying out (R101). */
const SANDBOX_SENDER = "+14155238886";

/** Is it lent, so that people must join it before they can be written to? */
export function isSandbox({ type, sender }: { type: string; sender: string }): boolean {
  return type === "whatsapp" && sender === SANDBOX_SENDER;
}
