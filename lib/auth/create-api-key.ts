import { insertApiKey } from "../../db/writes/api-keys";
import { insertAudit } from "../../db/writes/audit";
import { mayGrant } from "../domain/role-rules";
import type { Administrator } from "../domain/viewer";
import type { ApiScope, Role } from "../domain/words";
import type { Deps } from "../ports/deps";
import { hashSecret } from "./secrets";

const PREFIX_LENGTH = 10;

export type CreateApiKeyOutcome =
  /** `key` is shown now and never again: only its hash is stored. */
  { kind: "created"; id: string; key: string; prefix: string } | { kind: "forbidden" };

type Input = {
  name: string;
  role: Role;
  /** null: everything the role may do. */
  scopes: ApiScope[] | null;
};

/** A key for another system. It never carries more than whoever makes it has. */
export async function createApiKey(
  deps: Pick<Deps, "db" | "clock" | "chance">,
  by: Administrator,
  input: Input,
): Promise<CreateApiKeyOutcome> {
  if (!mayGrant(by.role, input.role)) return { kind: "forbidden" };
  const key = `crl_${deps.chance.token(40)}`;
  const id = deps.chance.uuid();
  const at = deps.clock.now();
  const prefix = key.slice(0, PREFIX_LENGTH);
  const { workspaceId, actor } = by;
  const { name, role, scopes } = input;
  await deps.db.transaction(async (tx) => {
    await insertApiKey(tx, {
      id,
      workspaceId,
      name,
      role,
      scopes,
      prefix,
      keyHash: hashSecret(key),
      createdByUserId: actor.kind === "user" ? actor.userId : null,
      createdAt: at,
    });
    const target = { type: "api_key", id };
    const data = { name, role, scopes, prefix };
    await insertAudit(tx, { workspaceId, at, actor, action: "api_key.created", target, data });
  });
  return { kind: "created", id, key, prefix };
}
