"use server";

import { z } from "zod";
import { viewerAction } from "@/lib/auth/action";
import { changePassword } from "@/lib/auth/change-password";
import { claimPhoneNumber } from "@/lib/auth/claim-phone-number";
import { provePhoneNumber } from "@/lib/auth/prove-phone-number";
import { signOutEverywhere } from "@/lib/auth/sign-out";
import { getDeps } from "@/lib/runtime";
import { codeFault } from "../code-fault";
import { refusedField } from "../refused-field";

const passwordInput = z.object({
  current: z.string().min(1, "required").max(400, "too_long"),
  next: z.string().min(1, "required").max(400, "too_long"),
});
const codeInput = z.object({ code: z.string().regex(/^\d{6}$/, "code_form") });
const phoneInput = z.object({ phoneNumber: z.string().max(40, "too_long") });

export const saveOwnPassword = viewerAction(
  { role: "member", input: passwordInput },
  async (viewer, input) => {
    const { sessionId, user } = viewer;
    const outcome = await changePassword(getDeps(), { userId: user.id, sessionId, ...input });
    switch (outcome.kind) {
      case "changed":
        return { ok: true, data: null };
      case "wrong_password":
        return refusedField("current", "wrong_password");
      case "weak_password":
        return refusedField("next", outcome.fault);
      case "throttled":
        return codeFault(outcome);
      default:
        return outcome satisfies never;
    }
  },
);

export const saveOwnPhone = viewerAction(
  { role: "member", input: phoneInput },
  async (viewer, { phoneNumber }) => {
    const by = { ...viewer, userId: viewer.user.id };
    const outcome = await claimPhoneNumber(getDeps(), by, phoneNumber);
    switch (outcome.kind) {
      case "saved":
      case "code_sent":
        return { ok: true, data: outcome };
      case "not_found":
        return { ok: false, code: "not_found" };
      case "invalid_phone_number":
      case "number_taken":
        return refusedField("phoneNumber", outcome.kind);
      case "throttled":
      case "refused":
        return codeFault(outcome);
      default:
        return outcome satisfies never;
    }
  },
);

export const proveOwnPhone = viewerAction(
  { role: "member", input: codeInput },
  async (viewer, { code }) => {
    const by = { ...viewer, userId: viewer.user.id };
    const outcome = await provePhoneNumber(getDeps(), by, code);
    switch (outcome.kind) {
      case "saved":
        return { ok: true, data: null };
      case "not_found":
        return { ok: false, code: "not_found" };
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

export const signOutOfOthers = viewerAction(
  { role: "member", input: z.object({}) },
  async (viewer) => {
    const { user, sessionId: exceptSessionId } = viewer;
    const count = await signOutEverywhere(getDeps(), { userId: user.id, exceptSessionId });
    return { ok: true, data: { count } };
  },
);
