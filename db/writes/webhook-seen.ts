import { eq } from "drizzle-orm";
import type { Database } from "../client";
import { accounts } from "../schema";

/** Notes when the provider last reached us for this account. */
export async function noteWebhook(db: Database, input: { accountId: string; at: Date }) {
  await db
    .update(accounts)
    .set({ lastWebhookAt: input.at })
    .where(eq(accounts.id, input.accountId));
}
