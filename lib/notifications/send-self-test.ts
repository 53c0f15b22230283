import type { DeliveryRow } from "../../db/writes/notifications";
import type { NotificationChannel } from "../domain/deciding/words";
import type { Actor } from "../domain/viewer";
import type { Locale } from "../domain/words";
import type { WorkspaceId } from "../domain/workspace-id";
import { raiseNotifications } from "./raise-notifications";

type Testing = {
  acting: { workspaceId: WorkspaceId; actor: Actor };
  userId: string;
  locale: Locale;
  channel: NotificationChannel;
};

const WORDS: Record<Locale, { title: string; body: string }> = {
  en: { title: "Test from Carillon", body: "If you read this, you are reached this way." },
  fr: { title: "Essai de Carillon", body: "Si vous lisez ceci, ce canal vous atteint." },
};

/**
 * Sends somebody a test by one channel, as a system message: address, sender and consent are asked, what
 * they have chosen is not.
 *
 * @returns what became of it there, and on the channel that stands in for it, if one does
 */
export async function sendSelfTest(
  deps: Parameters<typeof raiseNotifications>[0],
  { acting, userId, locale, channel }: Testing,
): Promise<DeliveryRow[]> {
  const outcome = await raiseNotifications(deps, {
    acting,
    notifications: [
      {
        ...{ recipient: { userId }, kind: "system", type: "system.test", category: "system" },
        ...{ severity: "medium", words: WORDS[locale], subject: null, data: {} },
        ...{ channels: [channel], isTimeSensitive: false, sendsImmediately: true },
        expiresAt: null,
      },
    ],
  });
  const raised = outcome.kind === "raised" ? outcome.raised[0] : undefined;
  if (!raised) throw new Error("somebody who is signed in is an active user");
  return raised.deliveries;
}
