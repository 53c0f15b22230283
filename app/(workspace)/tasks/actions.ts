"use server";

import { z } from "zod";
import { viewerAction } from "@/lib/auth/action";
import { correctNumber } from "@/lib/outbound/correct-number";
import { closeBadNumber, sendAgain as send } from "@/lib/outbound/resolve-bad-number";
import { switchSender as change } from "@/lib/outbound/switch-sender";
import { getDeps } from "@/lib/runtime";
import { idInput } from "../schema";
import { refusedField } from "../settings/refused-field";

const numberInput = z.object({ id: z.uuid(), number: z.string().trim().max(40) });
const senderInput = z.object({ id: z.uuid(), integrationId: z.uuid() });

export const correctTask = viewerAction(
  { role: "agent", input: numberInput },
  async (viewer, { id, number }) => {
    const outcome = await correctNumber(getDeps(), viewer, { taskId: id, number });
    switch (outcome.kind) {
      case "resolved":
        return { ok: true, data: { count: outcome.count } };
      case "not_found":
        return { ok: false, code: "task_gone" };
      case "invalid_phone_number":
      case "same_number":
      case "address_taken":
        return refusedField("number", outcome.kind);
      default:
        return outcome satisfies never;
    }
  },
);

export const sendTaskAgain = viewerAction(
  { role: "agent", input: idInput },
  async (viewer, { id }) => answer(await send(getDeps(), viewer, { taskId: id })),
);

export const closeTask = viewerAction({ role: "agent", input: idInput }, async (viewer, { id }) =>
  answer(await closeBadNumber(getDeps(), viewer, { taskId: id })),
);

export const switchSender = viewerAction(
  { role: "agent", input: senderInput },
  async (viewer, { id, integrationId }) => {
    const outcome = await change(getDeps(), viewer, { taskId: id, integrationId });
    switch (outcome.kind) {
      case "resolved":
      case "not_found":
        return answer(outcome);
      case "integration_not_found":
      case "same_channel":
        return { ok: false, code: "integration_not_found" };
      case "refused":
        return { ok: false, code: outcome.code, message: outcome.message };
      default:
        return outcome satisfies never;
    }
  },
);

type Ended = Awaited<ReturnType<typeof closeBadNumber>>;

/** Somebody else may have settled it a moment ago. */
function answer(outcome: Ended) {
  return outcome.kind === "resolved"
    ? { ok: true as const, data: { count: outcome.count } }
    : { ok: false as const, code: "task_gone" };
}
