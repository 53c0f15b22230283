"use server";

import { z } from "zod";
import { viewerAction } from "@/lib/auth/action";
import { resolveAlert } from "@/lib/auth/resolve-alert";
import { signOutEverywhere } from "@/lib/auth/sign-out";
import { switchWorkspace } from "@/lib/auth/switch-workspace";
import { updateProfile } from "@/lib/auth/update-profile";
import { releasePaused } from "@/lib/outbound/release-paused";
import { getDeps } from "@/lib/runtime";
import { idInput, profileInput, releaseInput } from "./schema";

const workspaceInput = z.object({ workspaceId: z.uuid() });

export const saveProfile = viewerAction(
  { role: "member", input: profileInput },
  async (viewer, changes) => {
    await updateProfile(getDeps(), { userId: viewer.user.id, changes });
    return { ok: true, data: null };
  },
);

export const chooseWorkspace = viewerAction(
  { role: "member", input: workspaceInput },
  async (viewer, { workspaceId }) => {
    const { sessionId, user } = viewer;
    const outcome = await switchWorkspace(getDeps(), { sessionId, userId: user.id, workspaceId });
    return outcome.kind === "switched"
      ? { ok: true, data: null }
      : { ok: false, code: "not_found" };
  },
);

export const signOutOfEverything = viewerAction(
  { role: "member", input: z.object({}) },
  async (viewer) => {
    const count = await signOutEverywhere(getDeps(), { userId: viewer.user.id });
    return { ok: true, data: { count } };
  },
);

export const dismissAlert = viewerAction(
  { role: "admin", input: idInput },
  async (viewer, input) => {
    const outcome = await resolveAlert(getDeps(), viewer, input);
    return outcome.kind === "resolved"
      ? { ok: true, data: null }
      : { ok: false, code: "not_found" };
  },
);

/** What waited on a sender that works again: send it, or drop what is too old by now. */
export const releaseWaiting = viewerAction(
  { role: "admin", input: releaseInput },
  async (viewer, { id, dropOlderThan }) => {
    const deps = getDeps();
    const dropBefore =
      dropOlderThan === null ? null : new Date(deps.clock.now().getTime() - dropOlderThan * 1000);
    const outcome = await releasePaused(deps, viewer, { integrationId: id, dropBefore });
    if (outcome.kind !== "released") return { ok: false, code: outcome.kind };
    const { sent, dropped } = outcome;
    return { ok: true, data: { sent, dropped } };
  },
);
