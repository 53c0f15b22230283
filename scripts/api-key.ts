import { createApiKey } from "../lib/auth/create-api-key";
import { API_SCOPES, type ApiScope } from "../lib/domain/words";
import { actAsSystem, readArguments, readRole } from "./cli/arguments";
import { CommandFault, runCommand } from "./cli/run-command";

const USAGE = `Makes an API key and prints it, and nothing else. It is shown this once.

  npm run -s api-key -- --workspace demo --role admin [--name "My system"] [--scopes messages:read,messages:write]`;

void runCommand(async (deps) => {
  const { flags } = readArguments(["workspace", "role", "name", "scopes"], USAGE);
  const role = readRole(flags.role);
  const scopes = flags.scopes === undefined ? null : readScopes(flags.scopes);
  const by = await actAsSystem(deps, flags.workspace);
  const name = flags.name?.trim() || "Command line";
  const outcome = await createApiKey(deps, by, { name, role, scopes });
  if (outcome.kind === "forbidden") throw new CommandFault("--role: cannot be given out");
  return outcome.key;
});

function readScopes(text: string): ApiScope[] {
  return text.split(",").map((word) => {
    const scope = API_SCOPES.find((known) => known === word.trim());
    if (!scope) throw new CommandFault(`--scopes: "${word}" is none of ${API_SCOPES.join(", ")}`);
    return scope;
  });
}
