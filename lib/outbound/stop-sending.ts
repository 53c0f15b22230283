import { stopAccount, stopIntegration } from "../../db/writes/stops";
import { describeError } from "../domain/provider-errors";
import type { Deps } from "../ports/deps";

type Fault = {
  message: { id: string; integrationId: string };
  attempt: number;
  code: string;
};

/**
 * A configuration fault that concerns a whole account or sender stops it (Sending 5): nothing of it is
 * claimed until it is mended, and what falls due is paused. Every other code stops nothing.
 */
export async function stopSending(
  deps: Pick<Deps, "sql" | "clock" | "log">,
  { message, attempt, code }: Fault,
): Promise<void> {
  const { class: meaning, scope } = describeError(code);
  if (meaning !== "configuration" || scope === "message") return;
  const stop = { messageId: message.id, attempt, code, now: deps.clock.now() };
  const isNews =
    scope === "account" ? await stopAccount(deps.sql, stop) : await stopIntegration(deps.sql, stop);
  if (!isNews) return;
  const fields = { integrationId: message.integrationId, code, scope };
  deps.log.error(fields, "[SMS] Sending is stopped until an administrator mends it");
}
