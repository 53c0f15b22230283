import { serve } from "inngest/next";
import type { Deps } from "../lib/ports/deps";
import { createInngest } from "./client";
import { createFunctions } from "./functions";

type Options = {
  getDeps: () => Deps;
  /** Origin under which the engine reaches this app; never taken from a request's Host header. */
  serveOrigin: string;
  /**
   * May an unsigned PUT make the app register itself with its own engine? Self-hosted Inngest servers
   * sync that way; since `serveOrigin` is fixed, the registration cannot be bent to another address.
   */
  allowUnsignedSync: boolean;
};

/** The door that a job engine calls, embedded or real. Outside Inngest's dev mode calls are signed. */
export function createServeHandler({ getDeps, serveOrigin, allowUnsignedSync }: Options) {
  const client = createInngest(getDeps().log);
  return serve({
    client,
    functions: createFunctions(client, getDeps),
    serveOrigin,
    enableUnauthedSync: allowUnsignedSync,
  });
}
