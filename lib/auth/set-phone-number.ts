import type { Database } from "../../db/client";
import { findMember } from "../../db/queries/users";
import { findWorkspace } from "../../db/queries/workspaces";
import { insertAudit } from "../../db/writes/audit";
import { deletePhoneClaim } from "../../db/writes/phone-claims";
import { normalisePhone } from "../domain/phone-number";
import type { Administrator } from "../domain/viewer";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";
import { type Phone, placeNumber } from "./place-number";

export type SetPhoneOutcome =
  | { kind: "saved"; phoneNumber: string | null }
  | { kind: "not_found" }
  | { kind: "invalid_phone_number"; message: string }
  /** Another person of the workspace has this number. */
  | { kind: "number_taken" };

type Needs = Pick<Deps, "db" | "clock" | "chance">;

/**
 * R001, R003, R006, R007: an administrator gives a member their phone number, stored as E.164; null or ""
 * takes it away. A contact who wrote from it before turns out to be this member: the two become one
 * person. Who gives a number to themselves has to prove it first (claimPhoneNumber).
 */
export async function setPhoneNumber(
  deps: Needs,
  by: Administrator,
  input: { userId: string; phoneNumber: string | null },
): Promise<SetPhoneOutcome> {
  const { workspaceId } = by;
  const read = await readPhone(deps.db, workspaceId, input.phoneNumber);
  if (!read.ok) return { kind: "invalid_phone_number", message: read.message };
  const { phone } = read;
  return deps.db.transaction(async (tx) => {
    const member = await findMember(tx, workspaceId, input.userId);
    if (!member) return { kind: "not_found" };
    await deletePhoneClaim(tx, { workspaceId, personId: member.personId, kind: "phone" });
    const personId = await placeNumber(deps, tx, { workspaceId, member, phone });
    if (!personId) return { kind: "number_taken" };
    await insertAudit(tx, {
      workspaceId,
      at: deps.clock.now(),
      actor: by.actor,
      action: "user.phone_changed",
      target: { type: "user", id: input.userId },
    });
    return { kind: "saved", phoneNumber: phone?.value ?? null };
  });
}

type ReadPhone = { ok: true; phone: Phone | null } | { ok: false; message: string };

/** A number as somebody writes it in this workspace; null: they wrote none. */
export async function readPhone(
  db: Database,
  workspaceId: WorkspaceId,
  given: string | null,
): Promise<ReadPhone> {
  const raw = given?.trim() || null;
  if (raw === null) return { ok: true, phone: null };
  const workspace = await findWorkspace(db, workspaceId);
  const parsed = normalisePhone(raw, workspace?.defaultCountry ?? "FR");
  if (!parsed.ok) return parsed;
  return { ok: true, phone: { value: parsed.e164, raw, country: parsed.country } };
}
