import { type BodyFault, MAX_BODY_UNITS, MAX_EMAIL_TEXT_UNITS } from "../message-body";
import { checkTemplate, type TemplateFault } from "./check-template";
import { CUSTOM_EVENT, type Template, type TemplateWords, variablesOfEvent } from "./template";
import {
  exampleData,
  fillVariables,
  type ValueFault,
  type Variable,
  type VariableType,
} from "./variables";
import { findWordsFault, wordTemplate } from "./word-template";

/** What somebody writes into a template. */
export type TemplateInput = Pick<
  Template,
  "name" | "event" | "channel" | "locale" | "subject" | "body" | "isActive" | "approved"
> & {
  /**
   * Of a custom one its own, of a workspace's own type the type's; null: every name in a custom one is
   * one, a text that each send has to bring.
   */
  readonly variables: readonly Variable[] | null;
};

export type InputFault = {
  /** Field that is wrong, such as `body` or `approved.<integration>.1`. */
  path: string;
  code:
    | "required"
    | "too_long"
    | "subject_not_for_channel"
    | "approved_not_for_channel"
    | "unknown_variable"
    | "invalid_template"
    | "duplicate_variable"
    | "unknown_event"
    | "invalid_default";
  message: string;
  /** The variable that is wrong; null: it is about none. */
  name: string | null;
};

const MAX_SUBJECT = 400;
/** Of a template of texts: tags take more room than what they leave. */
const MAX_TEXT_SOURCE = 4 * MAX_BODY_UNITS;

/**
 * What is wrong with a template as somebody wrote it; empty: nothing. A template that may be saved can be
 * filled with the shortest and the longest examples of its variables.
 */
export function findInputFaults(input: TemplateInput): InputFault[] {
  const template = withVariables(input);
  const faults = [
    ...findFormFaults(input),
    ...findVariableFaults(template.variables),
    ...sourcesOf(input).flatMap(([path, source]) => findSourceFaults(path, source, template)),
  ];
  return faults.length > 0 ? faults : findRenderFaults(template);
}

/** The words with the variables that may stand in them. */
export function withVariables<T extends TemplateInput>(
  input: T,
): T & { variables: readonly Variable[] } {
  return {
    ...input,
    variables: variablesOfEvent(input) ?? input.variables ?? inferred(input),
  };
}

function findFormFaults({ channel, subject, body, approved }: TemplateInput): InputFault[] {
  const faults: InputFault[] = [];
  const add = (path: string, code: InputFault["code"], message: string) =>
    faults.push({ path, code, message, name: null });
  const isEmail = channel === "email";
  if (body.trim() === "") add("body", "required", "A template says something");
  const most = isEmail ? MAX_EMAIL_TEXT_UNITS : MAX_TEXT_SOURCE;
  if (body.length > most) add("body", "too_long", `At most ${most} characters`);
  if (isEmail && !subject?.trim()) {
    add("subject", "required", "An e-mail needs a subject (sujet requis)");
  }
  if (isEmail && (subject?.length ?? 0) > MAX_SUBJECT) {
    add("subject", "too_long", `At most ${MAX_SUBJECT} characters`);
  }
  if (!isEmail && subject !== null) {
    add("subject", "subject_not_for_channel", "Only e-mails have a subject");
  }
  if (channel !== "whatsapp" && Object.keys(approved).length > 0) {
    add("approved", "approved_not_for_channel", "Only WhatsApp has approved texts");
  }
  return faults;
}

/** Everything in which variables may stand, by its path. */
function sourcesOf({ subject, body, approved }: TemplateInput): [path: string, source: string][] {
  const places = Object.entries(approved).flatMap(([id, { variables }]) =>
    Object.entries(variables).map(([name, source]): [string, string] => [
      `approved.${id}.variables.${name}`,
      source,
    ]),
  );
  return [["subject", subject ?? ""], ["body", body], ...places];
}

function findSourceFaults(
  path: string,
  source: string,
  { variables }: Pick<TemplateWords, "variables">,
): InputFault[] {
  const known = variables.map(({ name }) => name);
  const checked = checkTemplate(source, known);
  if (checked.ok) return [];
  return checked.faults.map((fault) => toInputFault(path, fault, known));
}

function toInputFault(
  path: string,
  fault: TemplateFault | ValueFault,
  known: readonly string[],
): InputFault {
  if ("fault" in fault) {
    const message = `The example of ${fault.name} is no good`;
    return { path, code: "invalid_template", message, name: fault.name };
  }
  if (fault.kind === "syntax") {
    const message = `Line ${fault.line}: ${fault.message}`;
    return { path, code: "invalid_template", message, name: null };
  }
  const { name, line } = fault;
  const list = known.length > 0 ? known.join(", ") : "none";
  const message = `Line ${line}: there is no variable ${name} here; there are: ${list}`;
  return { path, code: "unknown_variable", message, name };
}

function findVariableFaults(variables: readonly Variable[]): InputFault[] {
  const faults: InputFault[] = [];
  for (const [index, variable] of variables.entries()) {
    const { name } = variable;
    if (variables.findIndex((one) => one.name === name) < index) {
      const message = `There are two variables ${name}`;
      faults.push({ path: `variables.${index}`, code: "duplicate_variable", message, name });
    }
    if (!hasFittingDefault(variable)) {
      const message = `The default of ${name} is no ${variable.type}`;
      faults.push({ path: `variables.${index}.default`, code: "invalid_default", message, name });
    }
  }
  return faults;
}

/** Nothing may stand in for anything but a date, which is then calculated with. */
export function hasFittingDefault(variable: Variable): boolean {
  const { name, type, default: standsIn } = variable;
  if (standsIn === null) return true;
  if (standsIn === "") return type !== "date";
  return fillVariables([variable], { [name]: standsIn }, []).ok;
}

const LENGTHS = ["short", "long"] as const;

function findRenderFaults(template: TemplateWords): InputFault[] {
  const known = template.variables.map(({ name }) => name);
  for (const length of LENGTHS) {
    const data = exampleData(template.variables, length);
    const worded = wordTemplate(template, { data, zone: "UTC", brand: "" });
    if (!worded.ok) return worded.faults.map((fault) => toInputFault("body", fault, known));
    const fault = findWordsFault(worded.words, template.channel);
    if (fault) return [unfit(fault)];
  }
  return [];
}

/** Filled, it says nothing or too much. */
function unfit({ code, message }: BodyFault): InputFault {
  const path = code === "subject_required" ? "subject" : "body";
  const word = code === "message_too_long" ? "too_long" : "required";
  return { path, code: word, message: `Filled with its examples: ${message}`, name: null };
}

/** Every name that stands in the words, as a text that each send has to bring. */
function inferred(input: TemplateInput): Variable[] {
  if (input.event !== CUSTOM_EVENT) return [];
  const names = new Set(
    sourcesOf(input).flatMap(([, source]) => {
      const checked = checkTemplate(source, []);
      if (checked.ok) return [];
      return checked.faults.flatMap((fault) =>
        fault.kind === "unknown_variable" ? [fault.name] : [],
      );
    }),
  );
  return [...names].map((name) => aVariable(name, "text", null));
}

const EXAMPLES: Readonly<Record<VariableType, Variable["examples"]>> = {
  text: { short: "Awa", long: "Marie-Christine Lafontaine" },
  number: { short: "5", long: "12345" },
  date: { short: "2026-05-01T08:05:00Z", long: "2026-09-23T22:45:00Z" },
  url: { short: "https://example.com/a", long: "https://example.com/items/42" },
};

/** A variable with examples that are usual for its type. */
export function aVariable(name: string, type: VariableType, standsIn: string | null): Variable {
  return { name, type, default: standsIn, examples: EXAMPLES[type] };
}
