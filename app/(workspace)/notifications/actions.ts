"use server";

import { z } from "zod";
import { viewerAction } from "@/lib/auth/action";
import { readAll } from "@/lib/notifications/read-all";
import { getDeps } from "@/lib/runtime";

export const readAllNotifications = viewerAction(
  { role: "member", input: z.object({}) },
  async (viewer) => {
    await readAll(getDeps(), viewer);
    return { ok: true, data: null };
  },
);
