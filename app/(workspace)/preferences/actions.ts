"use server";

import { z } from "zod";
import { viewerAction } from "@/lib/auth/action";
import { changePreferences } from "@/lib/auth/change-preferences";
import { confirmAddressCode } from "@/lib/auth/confirm-address-code";
import { countAgainst } from "@/lib/auth/count-against";
import { proveWhatsappNumber } from "@/lib/auth/prove-whatsapp-number";
import { requestAddressCode } from "@/lib/auth/request-address-code";
import type { Viewer } from "@/lib/auth/viewer";
import { NOTIFICATION_CHANNELS } from "@/lib/domain/deciding/words";
import { id } from "@/lib/http/fields";
import { preferenceChanges } from "@/lib/http/preference-fields";
import { muteHeldType } from "@/lib/notifications/mute-held-type";
import { readHeld } from "@/lib/notifications/read-held";
import { sendHeld } from "@/lib/notifications/send-held";
import { sendSelfTest } from "@/lib/notifications/send-self-test";
import { getDeps } from "@/lib/runtime";
import { codeFault } from "../settings/code-fault";
import { refusedField } from "../settings/refused-field";
import { toSavedPreferences } from "./saved-preferences";
import { toFates } from "./shown-held";

const named = z.strictObject({ id });
/** What somebody may have sent to themselves. */
const TESTS = { prefix: "self-test", points: 20, seconds: 3600 };
const NOT_FOUND = { ok: false, code: "not_found" } as const;

export const saveOwnPreferences = viewerAction(
  { role: "member", input: preferenceChanges },
  async (viewer, changes) => {
    const person = { personId: viewer.personId, userId: viewer.user.id };
    const saving = { acting: viewer, person, changes };
    return toSavedPreferences(await changePreferences(getDeps(), saving));
  },
);

export const sendHeldNow = viewerAction({ role: "member", input: named }, async (viewer, input) => {
  const found = await sendHeld(getDeps(), { ...viewer, notificationId: input.id });
  return found ? { ok: true, data: toFates(found.deliveries, readerOf(viewer)) } : NOT_FOUND;
});

export const readHeldNow = viewerAction({ role: "member", input: named }, async (viewer, input) => {
  const found = await readHeld(getDeps(), { ...viewer, notificationId: input.id });
  return found ? { ok: true, data: toFates(found.deliveries, readerOf(viewer)) } : NOT_FOUND;
});

export const muteHeldNow = viewerAction(
  { role: "member", input: named.extend({ span: z.enum(["hour", "day"]) }) },
  async (viewer, { id: notificationId, span }) => {
    const muted = await muteHeldType(getDeps(), { ...viewer, notificationId, span });
    return muted ? { ok: true, data: muted } : NOT_FOUND;
  },
);

export const sendTest = viewerAction(
  { role: "member", input: z.strictObject({ channel: z.enum(NOTIFICATION_CHANNELS) }) },
  async (viewer, { channel }) => {
    const deps = getDeps();
    const { user } = viewer;
    const waitSeconds = await countAgainst(deps, [{ limit: TESTS, key: viewer.personId }]);
    if (waitSeconds > 0) return { ok: false, code: "throttled", data: { waitSeconds } };
    const { locale } = user;
    const testing = { acting: viewer, userId: user.id, locale, channel };
    const deliveries = await sendSelfTest(deps, testing);
    return { ok: true, data: toFates(deliveries, readerOf(viewer)) };
  },
);

export const askForCode = viewerAction({ role: "member", input: named }, async (viewer, input) => {
  const { workspaceId, personId } = viewer;
  const asked = { workspaceId, personId, addressId: input.id };
  const outcome = await requestAddressCode(getDeps(), asked);
  switch (outcome.kind) {
    case "sent":
      return { ok: true, data: { channel: outcome.channel } };
    case "not_found":
      return NOT_FOUND;
    case "throttled":
    case "refused":
      return codeFault(outcome);
    default:
      return outcome satisfies never;
  }
});

export const proveOwnWhatsapp = viewerAction(
  { role: "member", input: z.strictObject({ code: z.string().regex(/^\d{6}$/, "code_form") }) },
  async (viewer, { code }) => {
    const { workspaceId, personId, actor } = viewer;
    const given = { workspaceId, personId, actor, code };
    const outcome = await proveWhatsappNumber(getDeps(), given);
    switch (outcome.kind) {
      case "saved":
        return { ok: true, data: null };
      case "wrong_code":
      case "number_taken":
        return refusedField("code", outcome.kind);
      case "throttled":
        return codeFault(outcome);
      default:
        return outcome satisfies never;
    }
  },
);

export const confirmCode = viewerAction(
  {
    role: "member",
    input: named.extend({ code: z.string().regex(/^\d{6}$/, "code_form") }),
  },
  async (viewer, { id: addressId, code }) => {
    const { workspaceId, personId, actor } = viewer;
    const given = { workspaceId, personId, actor, addressId, code };
    const outcome = await confirmAddressCode(getDeps(), given);
    switch (outcome.kind) {
      case "verified":
        return { ok: true, data: null };
      case "not_found":
        return NOT_FOUND;
      case "wrong_code":
        return refusedField("code", "wrong_code");
      case "throttled":
        return codeFault(outcome);
      default:
        return outcome satisfies never;
    }
  },
);

function readerOf({ user, workspace }: Viewer) {
  return { locale: user.locale, zone: user.timeZone ?? workspace.timeZone };
}
