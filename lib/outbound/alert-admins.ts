import { raiseAlert } from "../../db/writes/admin-alerts";
import { describeError } from "../domain/provider-errors";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";

type Fault = {
  message: { id: string; workspaceId: WorkspaceId; integrationId: string };
  code: string;
};

/** A fault that only an administrator can mend is told at most once an hour per sender and code. */
export async function alertAdmins(
  deps: Pick<Deps, "sql" | "clock" | "chance" | "log">,
  { message, code }: Fault,
): Promise<void> {
  const meaning = describeError(code);
  if (meaning.class !== "configuration") return;
  const isTold = await raiseAlert(deps.sql, {
    id: deps.chance.uuid(),
    workspaceId: message.workspaceId,
    kind: "configuration_fault",
    targetId: message.integrationId,
    errorCode: code,
    data: { messageId: message.id, scope: meaning.scope, sentence: meaning.sentence },
    now: deps.clock.now(),
  });
  if (!isTold) return;
  const fields = { integrationId: message.integrationId, code, scope: meaning.scope };
  deps.log.error(fields, "[SMS] A sender's configuration needs an administrator");
}
