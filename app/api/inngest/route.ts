import { createServeHandler } from "@/inngest/serve";
import { hasInngest } from "@/lib/env";
import { getDeps, getRuntime } from "@/lib/runtime";

export const dynamic = "force-dynamic";

type Handler = ReturnType<typeof createServeHandler>;
type Method = "GET" | "POST" | "PUT";

// Made at the first request: the build collects routes where there is no runtime.
let handler: Handler | null = null;

function findHandler(): Handler {
  const { env, appUrl } = getRuntime();
  handler ??= createServeHandler({
    getDeps,
    serveOrigin: env.INNGEST_SERVE_ORIGIN ?? appUrl,
    // With a signing key the launcher signs the app on itself.
    allowUnsignedSync: hasInngest(env) && !env.INNGEST_SIGNING_KEY,
  });
  return handler;
}

function door(method: Method) {
  return (...[request, context]: Parameters<Handler>) => findHandler()[method](request, context);
}

export const GET = door("GET");
export const POST = door("POST");
export const PUT = door("PUT");
