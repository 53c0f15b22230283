import { readFile } from "node:fs/promises";
import { join } from "node:path";

type Context = { params: Promise<{ file: string }> };

/** The only files of swagger-ui-dist that the page loads. */
const TYPES: Readonly<Record<string, string>> = {
  "swagger-ui.css": "text/css; charset=utf-8",
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
};

export async function GET(_request: Request, context: Context) {
  const { file } = await context.params;
  const type = Object.hasOwn(TYPES, file) ? TYPES[file] : undefined;
  if (!type) return new Response("Not found", { status: 404 });
  const folder = join(process.cwd(), "node_modules", "swagger-ui-dist");
  const bytes = await readFile(join(folder, file));
  return new Response(new Uint8Array(bytes), {
    headers: { "content-type": type, "cache-control": "public, max-age=3600" },
  });
}
