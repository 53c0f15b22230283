import { listWorkspaces } from "../db/queries/system/workspaces";
import { createWorkspace } from "../lib/auth/create-workspace";
import { readArguments } from "./cli/arguments";
import { type CommandDeps, CommandFault, runCommand } from "./cli/run-command";

const USAGE = `Workspaces (tenants).

  npm run -s workspace -- create <slug> --name "Its name"
  npm run -s workspace -- list`;

void runCommand(async (deps) => {
  const { flags, words } = readArguments(["name"], USAGE);
  const [verb, slug] = words;
  switch (verb) {
    case "create":
      return create(deps, slug, flags.name);
    case "list":
      return (await listWorkspaces(deps.db)).map((one) => `${one.slug}\t${one.name}`).join("\n");
    default:
      throw new CommandFault(USAGE);
  }
});

async function create(deps: CommandDeps, slug: string | undefined, name: string | undefined) {
  if (!slug) throw new CommandFault(`A slug is needed.\n\n${USAGE}`);
  const outcome = await createWorkspace(deps, { slug, name: name?.trim() || slug });
  switch (outcome.kind) {
    case "created":
      return `Workspace "${slug}" is there. Its first owner: npm run -s user -- create --workspace ${slug} --role owner --email … --name …`;
    case "invalid_slug":
      throw new CommandFault(
        `"${slug}": use lower-case letters, digits and single hyphens, at most 40 characters`,
      );
    case "slug_taken":
      throw new CommandFault(`A workspace "${slug}" exists already`);
    default:
      return outcome satisfies never;
  }
}
