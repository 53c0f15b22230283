import { isDatabaseGone } from "../../db/is-database-gone";
import { DatabaseTooOld } from "../../db/migrate";
import { PostgresProblem } from "../../lib/embedded/postgres/problem";
import { isErrno } from "../../lib/embedded/secrets";
import { WrongVariable } from "../../lib/env";
import { Refusal } from "./options";

/** What PostgreSQL and the look-up of its host say when DATABASE_URL does not fit (SQLSTATE, Node). */
const URL_FAULTS: Record<string, string> = {
  "28000": "the server does not let this account in",
  "28P01": "the server refuses the account or its password",
  "3D000": "the server has no database of that name",
  "42501": "the account may not create tables in that database",
  ENOTFOUND: "its host is not known",
  EAI_AGAIN: "its host cannot be looked up",
};

const FOLDER_FAULTS: Record<string, string> = {
  EACCES: "this account may not use it; start as its owner, or set DATA_DIR to another folder",
  EPERM: "this account may not use it; start as its owner, or set DATA_DIR to another folder",
  EROFS: "it cannot be written; set DATA_DIR to a folder that can",
  ENOTDIR: "a file is where a folder is needed; set DATA_DIR to another folder",
  ENOSPC: "the disk is full; make room, or set DATA_DIR to another disk",
  EDQUOT: "the disk quota is used up; make room, or set DATA_DIR to another disk",
};

/**
 * One line for the person at the terminal about what they can mend: a variable, a folder, a server.
 *
 * @returns null for what only a developer can mend; the whole error says more then.
 */
export function explainFault(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const isOurs = [Refusal, WrongVariable, PostgresProblem].some((known) => error instanceof known);
  if (isOurs) return error.message;
  if (error instanceof DatabaseTooOld) return `DATABASE_URL: ${error.message}`;
  const code = "code" in error ? String(error.code) : "";
  const folderFault = FOLDER_FAULTS[code];
  if (folderFault && isErrno(error, code) && error.path) return `${error.path}: ${folderFault}`;
  if (URL_FAULTS[code]) return `DATABASE_URL: ${URL_FAULTS[code]}`;
  if (isDatabaseGone(error) || error.name === "AbortError") {
    return "DATABASE_URL: the database does not answer; check the address and that its server runs";
  }
  return null;
}
