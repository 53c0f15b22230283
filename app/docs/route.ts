/** Swagger UI over our own document, from our own files: nothing is loaded from elsewhere. */
export const dynamic = "force-dynamic";

export function GET(request: Request) {
  const nonce = request.headers.get("x-nonce") ?? "";
  return new Response(page(nonce), {
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
  });
}

// A signed-in browser's cookie goes along with the calls it tries; a key is asked for by "Authorize".
function page(nonce: string) {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Carillon · API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
    <link rel="icon" href="data:," />
    <style>body { margin: 0; }</style>
    <script nonce="${nonce}">
      const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
      document.documentElement.classList.toggle("dark-mode", isDark);
    </script>
  </head>
  <body>
    <main id="docs"></main>
    <script nonce="${nonce}" src="/docs/swagger-ui-bundle.js"></script>
    <script nonce="${nonce}">
      SwaggerUIBundle({
        url: "/openapi.json",
        dom_id: "#docs",
        deepLinking: true,
        validatorUrl: null,
        tryItOutEnabled: true,
        displayRequestDuration: true,
        defaultModelsExpandDepth: 0,
      });
    </script>
  </body>
</html>
`;
}
