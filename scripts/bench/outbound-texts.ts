/** What both contenders of the outbound benchmark send in a round. */
export const MESSAGES = 5000;
export const CONTACTS = 500;

export type Round = {
  sendsPerSecond: number;
  /** From the first claim until the last receipt was recorded; only where receipts come. */
  secondsUntilDelivered?: number;
};

export type Contender = {
  name: "carillon" | "bare";
  /** Where its process answers. */
  origin: string;
  run: () => Promise<Round>;
};

export function phoneOf(contact: number): string {
  return `+336124${String(contact).padStart(5, "0")}`;
}

export function textOf(): string {
  return "Bonjour, votre commande est prête. Vous pouvez venir la chercher dès demain à 9 h.";
}
