import type { Decision } from "../domain/deciding/decide";
import { type NotificationChannel, SEVERITIES, type Severity } from "../domain/deciding/words";
import type { RegisteredType } from "../domain/notification-types/registry";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";
import { explainNotification } from "./explain-notification";

type Asking = { workspaceId: WorkspaceId; personId: string; type: RegisteredType; at: Date };

export type ExplainedSeverity = {
  severity: Severity;
  deliveries: { channel: NotificationChannel; decision: Decision }[];
};

/**
 * What would become of a type's notifications to a person at a moment, for each severity that it can
 * have, on every channel; nothing is stored.
 *
 * @returns the weakest severity first; null: there is no such person in the workspace
 */
export async function explainType(
  deps: Pick<Deps, "db" | "clock">,
  { workspaceId, personId, type, at }: Asking,
): Promise<ExplainedSeverity[] | null> {
  const explained: ExplainedSeverity[] = [];
  for (const severity of SEVERITIES.filter((one) => type.severities.includes(one))) {
    const notification = {
      recipient: { contactId: personId },
      kind: type.kind,
      type: type.key,
      category: type.category,
      severity,
      words: null,
      subject: null,
      data: {},
      channels: null,
      isTimeSensitive: type.isTimeSensitive,
      sendsImmediately: false,
      expiresAt: null,
    };
    const outcome = await explainNotification(deps, { workspaceId, notification, at });
    if (outcome.kind === "refused") return null;
    explained.push({ severity, deliveries: outcome.deliveries });
  }
  return explained;
}
