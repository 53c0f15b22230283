"use server";

import { z } from "zod";
import { viewerAction } from "@/lib/auth/action";
import { momentsOf } from "@/lib/domain/deciding/local-time";
import { cancelReminder } from "@/lib/reminders/cancel-reminder";
import { postponeReminder } from "@/lib/reminders/postpone-reminder";
import { getDeps } from "@/lib/runtime";
import { idInput } from "../schema";
import { refusedField } from "../settings/refused-field";

const hourInput = z.object({
  id: z.uuid(),
  /** As the workspace's clock shows it: `2026-11-28T09:30`. */
  at: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/),
});

export const moveReminder = viewerAction(
  { role: "agent", input: hourInput },
  async ({ workspaceId, workspace }, { id, at }) => {
    const [date = "", time = ""] = at.split("T");
    const scheduledFor = momentsOf({ date, time }, workspace.timeZone).first;
    const outcome = await postponeReminder(getDeps(), { workspaceId, id, scheduledFor });
    switch (outcome.kind) {
      case "postponed":
        return { ok: true, data: null };
      case "not_found":
        return { ok: false, code: "not_found" };
      case "too_late":
        return { ok: false, code: "reminder_ended" };
      case "past":
        return refusedField("at", "already_past");
      case "expires_before":
        return refusedField("at", "reminder_expires");
      default:
        return outcome satisfies never;
    }
  },
);

export const takeAwayReminder = viewerAction(
  { role: "agent", input: idInput },
  async ({ workspaceId }, { id }) => {
    const outcome = await cancelReminder(getDeps(), { workspaceId, id });
    switch (outcome.kind) {
      case "canceled":
        return { ok: true, data: null };
      case "not_found":
        return { ok: false, code: "not_found" };
      case "too_late":
        return { ok: false, code: "reminder_ended" };
      default:
        return outcome satisfies never;
    }
  },
);
