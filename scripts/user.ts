import { findUserByEmail, listHomesOfUser } from "../db/queries/system/users";
import { findMemberByEmail, listMembers } from "../db/queries/users";
import { createResetLink } from "../lib/auth/create-reset-link";
import { createUser } from "../lib/auth/create-user";
import { setPhoneNumber } from "../lib/auth/set-phone-number";
import { actAsSystem, readArguments, readRole } from "./cli/arguments";
import { type CommandDeps, CommandFault, runCommand } from "./cli/run-command";

const USAGE = `People who sign in. --workspace may be left out where there is only one.

  npm run -s user -- create --email ada@example.org --name "Ada" --role owner [--password …] [--workspace demo]
  npm run -s user -- reset ada@example.org              a link to choose a new password, once, for a day
  npm run -s user -- set-phone ada@example.org +33612345678 [--workspace demo]     "" takes it away
  npm run -s user -- list [--workspace demo]`;

const FLAGS = ["workspace", "email", "name", "role", "password"];

void runCommand(async (deps) => {
  const { flags, words } = readArguments(FLAGS, USAGE);
  const [verb, email, phone] = words;
  switch (verb) {
    case "create":
      return create(deps, flags);
    case "reset":
      return reset(deps, email ?? flags.email);
    case "set-phone":
      return setPhone(deps, { slug: flags.workspace, email: email ?? flags.email, phone });
    case "list":
      return list(deps, flags.workspace);
    default:
      throw new CommandFault(USAGE);
  }
});

async function create(deps: CommandDeps, flags: Record<string, string | undefined>) {
  const { email, name, password } = flags;
  if (!email || !name) throw new CommandFault(`--email and --name are needed.\n\n${USAGE}`);
  const role = readRole(flags.role ?? "owner");
  const by = await actAsSystem(deps, flags.workspace);
  const outcome = await createUser(deps, by, { email, name, role, password });
  switch (outcome.kind) {
    case "created":
      return outcome.link
        ? `${email} chooses a password here, once, within 7 days: ${outcome.link}`
        : `${email} can sign in`;
    case "email_taken":
      throw new CommandFault(`An account with ${email} exists already; invite it in the settings`);
    case "invalid_email":
      throw new CommandFault(`--email: "${email}" is no e-mail address`);
    case "weak_password":
      throw new CommandFault(
        "--password: at least 10 characters, 5 different ones, and not the e-mail address",
      );
    case "forbidden":
      throw new CommandFault("--role: cannot be given out");
    default:
      return outcome satisfies never;
  }
}

async function reset(deps: CommandDeps, email: string | undefined) {
  const user = await findUserByEmail(deps.db, normalise(email));
  if (!user) throw new CommandFault(`No account with ${email}; npm run -s user -- list shows them`);
  const [home] = await listHomesOfUser(deps.db, user.id);
  if (!home)
    throw new CommandFault(`${email} belongs to no workspace, so a password opens nothing`);
  const by = await actAsSystem(deps, home.slug);
  const outcome = await createResetLink(deps, by, { userId: user.id });
  if (outcome.kind !== "created") throw new CommandFault(`No link could be made: ${outcome.kind}`);
  return outcome.link;
}

type Phone = { slug: string | undefined; email: string | undefined; phone: string | undefined };

/** R007. */
async function setPhone(deps: CommandDeps, { slug, email, phone }: Phone) {
  if (phone === undefined) throw new CommandFault(`A phone number is needed.\n\n${USAGE}`);
  const user = await findUserByEmail(deps.db, normalise(email));
  const homes = user ? await listHomesOfUser(deps.db, user.id) : [];
  const by = await actAsSystem(deps, slug ?? (homes.length === 1 ? homes[0]?.slug : undefined));
  const member = await findMemberByEmail(deps.db, by.workspaceId, normalise(email));
  if (!member) throw new CommandFault(`${email} is no member of that workspace`);
  const outcome = await setPhoneNumber(deps, by, { userId: member.id, phoneNumber: phone });
  switch (outcome.kind) {
    case "saved":
      return outcome.phoneNumber
        ? `${member.email} has ${outcome.phoneNumber}`
        : `${member.email} has no phone number now`;
    case "invalid_phone_number":
      throw new CommandFault(outcome.message);
    case "number_taken":
      throw new CommandFault(`${phone}: another person of the workspace has this number`);
    case "not_found":
      throw new CommandFault(`${email} is no member of that workspace`);
    default:
      return outcome satisfies never;
  }
}

async function list(deps: CommandDeps, slug: string | undefined) {
  const by = await actAsSystem(deps, slug);
  const members = await listMembers(deps.db, by.workspaceId);
  const lines = members.map(({ email, role, name, phoneNumber, isActive }) =>
    [email, role, isActive ? "active" : "deactivated", phoneNumber ?? "-", name].join("\t"),
  );
  return lines.join("\n");
}

function normalise(email: string | undefined): string {
  if (!email) throw new CommandFault(`An e-mail address is needed.\n\n${USAGE}`);
  return email.trim().toLowerCase();
}
