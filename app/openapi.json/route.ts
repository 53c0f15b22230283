import { openApiDocument } from "@/lib/http/openapi";
import { getRuntime } from "@/lib/runtime";
import manifest from "@/package.json";
import { OPERATIONS } from "../api/v1/operations";

export const dynamic = "force-dynamic";

/** The truth about the API; public, since it holds nothing of anybody. */
export function GET() {
  const { appUrl } = getRuntime();
  const document = openApiDocument({
    operations: OPERATIONS,
    origin: appUrl,
    version: manifest.version,
  });
  return Response.json(document, { headers: { "cache-control": "no-cache" } });
}
