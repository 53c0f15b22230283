import type { IncomingMessage, ServerResponse } from "node:http";

/** Served as long as the process lives: files, the job engine's calls, and what answers for itself. */
const ALWAYS = /^\/(?:_next|api\/inngest|api\/health|openapi\.json|docs)(?:[/?]|$)/;
const RETRY_SECONDS = "2";

export type LoadShedder = ReturnType<typeof createLoadShedder>;

/**
 * While the database does not answer every request that would wait for it is told 503 at once: those
 * that come, and those under way whose answer has not begun. The work of the latter goes on unseen,
 * so what was written in that moment may be found done, as after any lost answer.
 */
export function createLoadShedder() {
  const underWay = new Set<() => void>();
  let isShedding = false;
  return {
    /** @returns false when the request has been answered. */
    admit(request: IncomingMessage, response: ServerResponse): boolean {
      if (ALWAYS.test(request.url ?? "")) return true;
      if (isShedding) {
        request.resume();
        answer(request, response);
        return false;
      }
      const shed = () => {
        if (response.headersSent) return;
        answer(request, response);
        silence(response);
      };
      underWay.add(shed);
      response.once("close", () => underWay.delete(shed));
      return true;
    },
    start() {
      isShedding = true;
      for (const shed of underWay) shed();
      underWay.clear();
    },
    end() {
      isShedding = false;
    },
  };
}

/** In the form that the one who asked can read. */
function answer(request: IncomingMessage, response: ServerResponse) {
  const [type, body] = formFor(request);
  response.removeHeader("transfer-encoding");
  response.writeHead(503, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "retry-after": RETRY_SECONDS,
  });
  response.end(body);
}

function formFor({ url, method, headers }: IncomingMessage): [type: string, body: string] {
  if (url?.startsWith("/api/v1/")) return ["application/problem+json", PROBLEM];
  if (url?.includes("/webhooks/")) return ["text/plain; charset=utf-8", SENTENCE];
  const isPage = method === "GET" && headers.accept?.includes("text/html");
  if (isPage) return ["text/html; charset=utf-8", PAGE];
  return ["application/json", JSON.stringify({ status: 503, code: "unavailable" })];
}

const SENTENCE = "The database cannot be reached just now: ask again in a moment";

const PROBLEM = JSON.stringify({
  type: "urn:carillon:problem:database_unavailable",
  title: "Unavailable",
  status: 503,
  detail: SENTENCE,
  code: "database_unavailable",
});

/** Without the app's own pages, which all ask the database who is looking. */
const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Carillon</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${RETRY_SECONDS}">
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem;color-scheme:light dark}</style>
</head><body><h1>Carillon</h1>
<p>The database cannot be reached just now. This page tries again by itself.</p>
<p lang="fr">La base de données ne répond pas pour l’instant. Cette page réessaie toute seule.</p>
</body></html>
`;

/** Whoever is still at work on this answer has come too late. */
function silence(response: ServerResponse) {
  response.setHeader = () => response;
  response.appendHeader = () => response;
  response.removeHeader = () => undefined;
  response.flushHeaders = () => undefined;
  response.writeHead = () => response;
  response.write = () => true;
  response.end = () => response;
}
