"use server";

import { z } from "zod";
import { viewerAction } from "@/lib/auth/action";
import { PAUSE_SCOPES } from "@/lib/domain/words";
import { switchSending } from "@/lib/outbound/switch-sending";
import { getDeps } from "@/lib/runtime";

/** By scope: is it to be paused? */
const switches = z.partialRecord(z.enum(PAUSE_SCOPES), z.boolean());

export const changeSending = viewerAction(
  { role: "admin", input: switches },
  async (viewer, input) => {
    await switchSending(getDeps(), viewer, input);
    return { ok: true, data: null };
  },
);
