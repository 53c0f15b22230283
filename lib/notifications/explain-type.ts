import { SEVERITIES, type Severity } from "../domain/deciding/words";
import type { RegisteredType } from "../domain/notification-types/registry";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";
import { type ExplainedDelivery, explainNotification } from "./explain-notification";

type Asking = { workspaceId: WorkspaceId; personId: string; type: RegisteredType; at: Date };

export type ExplainedSeverity = {
  severity: Severity;
  deliveries: ExplainedDelivery[];
};

/**
 * What would become of a type's notifications to a person at a moment, for each severity that it can
 * have, on the channels by which it is told; nothing is stored.
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
      data: examplesOf(type),
      channels: type.defaultChannels,
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

/** Data as its notifications bring it: an approved text is one only where it can be filled. */
function examplesOf({ variables }: RegisteredType): Record<string, string> {
  return Object.fromEntries(variables.map(({ name, examples }) => [name, examples.short]));
}
