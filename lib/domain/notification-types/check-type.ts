import { NOTIFICATION_KINDS } from "../deciding/words";
import { checkPlan, type PlanFault } from "../reminders/own-plan";
import { checkReplyCodes, type ReplyCode } from "../reply-codes/reply-code";
import { REPLY_HINT } from "../templates/template";
import { hasFittingDefault } from "../templates/template-input";
import { fillVariables, type Variable } from "../templates/variables";
import { READY_TYPES } from "./ready-types";
import type { KeptType } from "./registry";

export type TypeFault = {
  /** Field of the type that is wrong, such as `replyCodes.0`. */
  path: string;
  code:
    | "invalid_key"
    | "reserved_category"
    | "reply_code"
    | "unknown_severity"
    | "name_twice"
    | "name_reserved"
    | "invalid_default"
    | "invalid_example"
    | "variable_used"
    | PlanFault["code"];
  message: string;
};

const KEY = /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/;
const LONGEST_KEY = 64;

/**
 * What is wrong with a type that a workspace sets; empty: nothing. A reply code that would stop messages
 * is refused (domain rules, "Reply codes"), and so is a category named like a kind, under which go those
 * who report without a type.
 */
export function checkType(type: KeptType): TypeFault[] {
  const ready = READY_TYPES.find(({ key }) => key === type.key);
  const faults: TypeFault[] = [];
  if (!isKey(type.key)) faults.push(INVALID_KEY);
  if (NOTIFICATION_KINDS.some((kind) => kind === type.category)) {
    const message = `"${type.category}" is the category of what is reported without a type`;
    faults.push({ path: "category", code: "reserved_category", message });
  }
  if (ready && !ready.severities.includes(type.severity)) {
    const message = `${type.key} can be ${ready.severities.join(", ")}`;
    faults.push({ path: "severity", code: "unknown_severity", message });
  }
  const names = type.variables.map(({ name }) => name);
  for (const [nth, name] of names.entries()) {
    if (names.indexOf(name) === nth) continue;
    const message = `"${name}" is there twice`;
    faults.push({ path: `variables.${nth}.name`, code: "name_twice", message });
  }
  if (names.includes(REPLY_HINT)) {
    const message = `${REPLY_HINT} is filled from the reply codes: every text has it`;
    const path = `variables.${names.indexOf(REPLY_HINT)}.name`;
    faults.push({ path, code: "name_reserved", message });
  }
  faults.push(...type.variables.flatMap(valueFaults), ...checkPlan(type));
  for (const [nth, key] of type.canceledBy.entries()) {
    if (!isKey(key)) faults.push({ ...INVALID_KEY, path: `canceledBy.${nth}` });
  }
  return [...faults, ...codeFaults(type.replyCodes)];
}

/** Could this be the key of a type? */
export function isKey(key: string): boolean {
  return key.length <= LONGEST_KEY && KEY.test(key);
}

/** What stands in for a variable, or shows what it is like, and is not of its type. */
function valueFaults(variable: Variable, nth: number): TypeFault[] {
  const { name, type, examples } = variable;
  const faults: TypeFault[] = [];
  if (!hasFittingDefault(variable)) {
    const message = `The default of ${name} is no ${type}`;
    faults.push({ path: `variables.${nth}.default`, code: "invalid_default", message });
  }
  for (const length of ["short", "long"] as const) {
    if (fillVariables([variable], { [name]: examples[length] }, []).ok) continue;
    const message = `The example of ${name} is no ${type}`;
    faults.push({ path: `variables.${nth}.examples.${length}`, code: "invalid_example", message });
  }
  return faults;
}

const INVALID_KEY: TypeFault = {
  path: "key",
  code: "invalid_key",
  message: `Must be a set and a name of small letters, digits and _, like order.shipped, of at most ${LONGEST_KEY} characters`,
};

const SENTENCES = {
  consent_word: "would stop or start messages instead of answering",
  greeting: "begins a talk: it must reach a person",
  not_one_word: "must be one word of 1 to 20 letters and digits",
  two_meanings: "would do two things",
};

function codeFaults(codes: readonly ReplyCode[]): TypeFault[] {
  return checkReplyCodes(codes).map(({ word, fault }) => {
    const nth = codes.findIndex((code) => code.word === word);
    const message = `"${word}" ${SENTENCES[fault]}`;
    return { path: `replyCodes.${nth}.word`, code: "reply_code", message };
  });
}
