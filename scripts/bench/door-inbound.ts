import { createServer } from "node:http";
import { answerInbound } from "../../app/api/webhooks/twilio/door";
import { composeDeps } from "../../lib/compose";
import { readEnv } from "../../lib/env";
import { createFastLane } from "../../lib/http/fast-lane";
import { createLog } from "../../lib/providers/log";

/** The door behind the fast lane with all real parts, for when there is no production build. */
const env = readEnv();
const log = createLog({ level: "info", isPretty: false });
const { deps } = composeDeps({
  env,
  log,
  appUrl: env.APP_URL ?? "",
  databaseUrl: env.DATABASE_URL ?? "",
  connectionName: "bench",
  authSecret: env.AUTH_SECRET ?? "",
  encryptionKeys: env.ENCRYPTION_KEY ?? "",
  timeScale: 1,
  trustedOrigins: [],
});
const lane = createFastLane(
  { "/api/webhooks/twilio": (request) => answerInbound(deps, request) },
  log,
);

createServer((request, response) => {
  if (!lane(request, response)) response.writeHead(404).end();
}).listen(env.PORT, "127.0.0.1");
