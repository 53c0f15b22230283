import { LiquidError, type Template } from "liquidjs";
import { parser } from "./engine";
import { createMemory } from "./remember";

export type TemplateFault =
  | { kind: "unknown_variable"; name: string; line: number }
  /** In the words of the parser, such as `tag "if" not closed`. */
  | { kind: "syntax"; message: string; line: number };

export type Checked =
  | { ok: true; used: readonly string[] }
  | { ok: false; faults: readonly TemplateFault[] };

/**
 * R107: reads a template and names what is wrong with it: what cannot be parsed, filters that do not
 * exist, variables that nobody fills.
 *
 * @param known names that may stand in it
 * @returns the names that it uses, each once
 */
export function checkTemplate(source: string, known: readonly string[]): Checked {
  const read = remember(source, () => analyse(source));
  if (!read.ok) return read;
  const { globals } = read;
  const unknown = Object.entries(globals).filter(([name]) => !known.includes(name));
  if (unknown.length === 0) return { ok: true, used: Object.keys(globals) };
  const faults = unknown.flatMap(([name, places]) =>
    places.map((place): TemplateFault => {
      return { kind: "unknown_variable", name, line: place.location.row };
    }),
  );
  return { ok: false, faults };
}

type Globals = ReturnType<typeof parser.analyzeSync>["globals"];
type Analysed = { ok: true; globals: Globals } | (Checked & { ok: false });

/** Templates that are read once for many notifications. */
const remember = createMemory<Analysed>(400);

function analyse(source: string): Analysed {
  const parsed = parse(source);
  if (!parsed.ok) return parsed;
  return { ok: true, globals: parser.analyzeSync(parsed.templates).globals };
}

function parse(source: string): { ok: true; templates: Template[] } | (Checked & { ok: false }) {
  try {
    return { ok: true, templates: parser.parse(source) };
  } catch (error) {
    return { ok: false, faults: [syntaxFault(error)] };
  }
}

function syntaxFault(error: unknown): TemplateFault {
  if (!(error instanceof LiquidError)) throw error;
  const [line = 1] = error.token.getPosition();
  const message = error.originalError?.message ?? error.message;
  return { kind: "syntax", message: message.replace(/, line:\d+, col:\d+$/, ""), line };
}
