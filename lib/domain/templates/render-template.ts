import type { Locale } from "../words";
import { checkTemplate, type TemplateFault } from "./check-template";
import { renderFor } from "./engine";
import { createMemory } from "./remember";
import { fillVariables, type ValueFault, type Variable } from "./variables";

export type Rendering = {
  variables: readonly Variable[];
  /** By variable's name. */
  data: Readonly<Record<string, unknown>>;
  /** How dates and numbers are written. */
  locale: Locale;
  /** IANA name of the zone in which the recipient reads the clock. */
  zone: string;
  /** In HTML every value is escaped. */
  isHtml?: boolean;
};

export type Rendered =
  | { ok: true; text: string }
  | { ok: false; faults: readonly (TemplateFault | ValueFault)[] };

/**
 * Puts a notification's data into a template. Nothing is left out in silence: a variable that nobody
 * fills, a value that is none of its type and a rendering without end are named.
 */
export function renderTemplate(source: string, rendering: Rendering): Rendered {
  const { variables, data, isHtml = false } = rendering;
  const checked = checkTemplate(
    source,
    variables.map(({ name }) => name),
  );
  if (!checked.ok) return checked;
  const filled = fillVariables(variables, data, checked.used, rendering.zone);
  if (!filled.ok) return filled;
  const { locale, zone } = rendering;
  try {
    const values = shownValues(filled.values, rendering);
    return { ok: true, text: renderFor({ locale, zone, isHtml }, { source, values }) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, faults: [{ kind: "syntax", message, line: 1 }] };
  }
}

/** A date that no filter writes is written as people of the language write it. */
function shownValues(
  values: Readonly<Record<string, unknown>>,
  { locale, zone }: Rendering,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value instanceof Date ? new ShownDate(value, locale, zone) : value,
    ]),
  );
}

/** Made once: making one takes a hundred times longer than writing a date with it. */
const rememberWriter = createMemory<Intl.DateTimeFormat>(200);

function writerOf(locale: Locale, timeZone: string): Intl.DateTimeFormat {
  const style = { dateStyle: "long", timeStyle: "short", timeZone } as const;
  return rememberWriter(`${locale} ${timeZone}`, () => new Intl.DateTimeFormat(locale, style));
}

/** For Liquid a date to calculate with, for the reader words. */
class ShownDate extends Date {
  readonly #locale: Locale;
  readonly #zone: string;

  constructor(at: Date, locale: Locale, zone: string) {
    super(at);
    this.#locale = locale;
    this.#zone = zone;
  }

  override toString(): string {
    return writerOf(this.#locale, this.#zone).format(this.getTime());
  }
}
