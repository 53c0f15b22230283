import { parseArgs } from "node:util";
import { findWorkspaceBySlug, listWorkspaces } from "../../db/queries/system/workspaces";
import type { Administrator } from "../../lib/domain/viewer";
import { ROLES, type Role } from "../../lib/domain/words";
import { type CommandDeps, CommandFault } from "./run-command";

type Flags = Record<string, string | undefined>;

/**
 * Reads `--name value` flags and what stands without a flag.
 *
 * @throws {CommandFault} for a flag that is not among `names`, with `usage`.
 */
export function readArguments(names: readonly string[], usage: string) {
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    return { flags: values as Flags, words: positionals };
  } catch (error) {
    throw new CommandFault(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

export function readRole(text: string | undefined): Role {
  const role = ROLES.find((known) => known === text);
  if (!role) throw new CommandFault(`--role: must be one of ${ROLES.join(", ")}`);
  return role;
}

/** Whoever has the terminal of the server may do everything in the workspace of that slug. */
export async function actAsSystem(
  { db }: CommandDeps,
  slug: string | undefined,
): Promise<Administrator> {
  const known = (await listWorkspaces(db)).map((workspace) => workspace.slug);
  const there = known.length > 0 ? `there are: ${known.join(", ")}` : "there is none yet";
  if (!slug && known.length !== 1) throw new CommandFault(`--workspace: is needed; ${there}`);
  const workspace = await findWorkspaceBySlug(db, slug ?? known[0] ?? "");
  if (!workspace) throw new CommandFault(`--workspace: no workspace "${slug}"; ${there}`);
  return { workspaceId: workspace.id, actor: { kind: "system" }, role: "owner" };
}
