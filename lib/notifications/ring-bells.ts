import type { DeliveryRow } from "../../db/writes/notifications";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";

/** Tells the screens of those in whose bell one of these is shown, once they are stored. */
export function ringBells(
  { realtime }: Pick<Deps, "realtime">,
  workspaceId: WorkspaceId,
  stored: readonly DeliveryRow[],
): void {
  const rung = stored.flatMap(({ fate, personId }) => (fate === "web" ? [personId] : []));
  realtime.announce(
    [...new Set(rung)].map((personId) => ({ kind: "bell", workspaceId, personId })),
  );
}
