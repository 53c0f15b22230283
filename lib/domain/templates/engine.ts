import { Liquid, type Template } from "liquidjs";
import type { Locale } from "../words";
import { createMemory } from "./remember";

/**
 * Characters of a template; milliseconds and bytes of one rendering. So much time that a machine under
 * load words its notifications all the same: only a template without end takes it.
 */
const LIMITS = { parseLimit: 100_000, renderLimit: 2_000, memoryLimit: 1_000_000 };

/** Tags that read other files: a template is whole in itself. */
const FOREIGN_TAGS = ["include", "render", "layout", "block"];

type Reader = { locale: Locale; zone: string; isHtml: boolean };

function createEngine({ locale, zone, isHtml }: Reader): Liquid {
  const engine = new Liquid({
    ...LIMITS,
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    cache: false,
    templates: {},
    locale,
    timezoneOffset: zone,
    ...(isHtml && { outputEscape: "escape" as const }),
  });
  for (const tag of FOREIGN_TAGS) delete engine.tags[tag];
  return engine;
}

/** There are some four hundred zones, and few of them in one workspace. */
const rememberEngine = createMemory<Liquid>(200);
/** Read once for many notifications: reading takes longer than rendering. */
const rememberParsed = createMemory<Template[]>(600);

/**
 * Renders in Liquid as our templates speak it: strict, without files, bounded, with its `date` filter by
 * the reader's clock. In HTML every value is escaped: a name with `<` in it stays a name.
 *
 * @throws {LiquidError} what cannot be parsed, or rendered within the limits
 */
export function renderFor(
  reader: Reader,
  { source, values }: { source: string; values: Readonly<Record<string, unknown>> },
): string {
  const key = `${reader.locale} ${reader.zone} ${reader.isHtml}`;
  const engine = rememberEngine(key, () => createEngine(reader));
  const parsed = rememberParsed(`${key}\n${source}`, () => engine.parse(source));
  return String(engine.renderSync(parsed, { ...values }));
}

/** For reading templates, which depends on no reader. */
export const parser = createEngine({ locale: "en", zone: "UTC", isHtml: false });
