"use server";

import { z } from "zod";
import { viewerAction } from "@/lib/auth/action";
import { changeRole } from "@/lib/auth/change-role";
import { createResetLink } from "@/lib/auth/create-reset-link";
import { deactivateUser, reactivateUser } from "@/lib/auth/deactivate-user";
import { inviteUser } from "@/lib/auth/invite-user";
import { revokeInvitation } from "@/lib/auth/revoke-invitation";
import { setPhoneNumber } from "@/lib/auth/set-phone-number";
import { ROLES } from "@/lib/domain/words";
import { getDeps } from "@/lib/runtime";
import { idInput } from "../../schema";
import { refusedField } from "../refused-field";

const inviteInput = z.object({
  email: z.string().trim().min(1, "required").max(254, "too_long"),
  name: z.string().trim().max(80, "too_long"),
  role: z.enum(ROLES),
});
const roleInput = idInput.extend({ role: z.enum(ROLES) });
const phoneInput = idInput.extend({ phoneNumber: z.string().max(40, "too_long") });
const admin = <S extends z.ZodType>(input: S) => ({ role: "admin" as const, input });

export const invitePerson = viewerAction(admin(inviteInput), async (viewer, input) => {
  const name = input.name || null;
  const outcome = await inviteUser(getDeps(), viewer, { ...input, name });
  switch (outcome.kind) {
    case "invited":
      return { ok: true, data: { link: outcome.link } };
    case "invalid_email":
      return refusedField("email", outcome.kind);
    case "already_member":
    case "forbidden":
      return { ok: false, code: outcome.kind };
    default:
      return outcome satisfies never;
  }
});

export const takeBackInvitation = viewerAction(admin(idInput), async (viewer, input) => {
  const outcome = await revokeInvitation(getDeps(), viewer, input);
  return outcome.kind === "revoked" ? { ok: true, data: null } : { ok: false, code: outcome.kind };
});

export const changePersonRole = viewerAction(admin(roleInput), async (viewer, { id, role }) => {
  const { kind } = await changeRole(getDeps(), viewer, { userId: id, role });
  const isDone = kind === "changed" || kind === "unchanged";
  return isDone ? { ok: true, data: null } : { ok: false, code: kind };
});

export const savePhone = viewerAction(admin(phoneInput), async (viewer, { id, phoneNumber }) => {
  const outcome = await setPhoneNumber(getDeps(), viewer, { userId: id, phoneNumber });
  switch (outcome.kind) {
    case "saved":
      return { ok: true, data: { phoneNumber: outcome.phoneNumber } };
    case "not_found":
      return { ok: false, code: outcome.kind };
    case "invalid_phone_number":
    case "number_taken":
      return refusedField("phoneNumber", outcome.kind);
    default:
      return outcome satisfies never;
  }
});

export const makeResetLink = viewerAction(admin(idInput), async (viewer, { id }) => {
  const outcome = await createResetLink(getDeps(), viewer, { userId: id });
  return outcome.kind === "created"
    ? { ok: true, data: { link: outcome.link } }
    : { ok: false, code: outcome.kind };
});

export const deactivatePerson = viewerAction(admin(idInput), async (viewer, { id }) => {
  const { kind } = await deactivateUser(getDeps(), viewer, { userId: id });
  return kind === "deactivated" ? { ok: true, data: null } : { ok: false, code: kind };
});

export const reactivatePerson = viewerAction(admin(idInput), async (viewer, { id }) => {
  const { kind } = await reactivateUser(getDeps(), viewer, { userId: id });
  return kind === "reactivated" ? { ok: true, data: null } : { ok: false, code: kind };
});
