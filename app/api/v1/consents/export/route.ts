import { Readable } from "node:stream";
import { exportConsents } from "@/lib/contacts/export-consents";
import { apiRoute } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import * as operations from "../schema";

const read = apiRoute(operations.exportConsents, async ({ deps, caller, query }) => {
  const { workspaceId } = caller;
  const lines = exportConsents(deps, { workspaceId, personId: query.personId ?? null });
  const day = deps.clock.now().toISOString().slice(0, 10);
  return {
    response: new Response(toStream(lines), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="consents-${day}.csv"`,
        "cache-control": "no-store",
      },
    }),
  };
});

function toStream(lines: AsyncIterable<string>) {
  return Readable.toWeb(Readable.from(lines, { objectMode: false })) as ReadableStream<Uint8Array>;
}

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: read });
