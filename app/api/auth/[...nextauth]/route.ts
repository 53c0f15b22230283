import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/options";
import { getRuntime } from "@/lib/runtime";

type Context = { params: Promise<{ nextauth: string[] }> };

/** Built on the first request: the runtime is there only once the launcher has started. */
async function handle(request: Request, context: Context): Promise<Response> {
  const handler: (request: Request, context: Context) => Promise<Response> = NextAuth(
    authOptions(getRuntime()),
  );
  return handler(request, context);
}

export { handle as GET, handle as POST };
