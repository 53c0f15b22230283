import { eq } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { webhookDeliveries, webhookEndpoints } from "../../db/schema";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import { createWebhookSender } from "../../lib/providers/webhooks";
import { writeWebhookSecret } from "../../lib/webhooks/sign";
import type { TestDeps } from "./deps";
import { openWebhookSink, type Received } from "./webhook-sink";

type Values = Partial<typeof webhookEndpoints.$inferInsert>;

/** An app of a customer's that takes events and verifies them as the libraries of Standard Webhooks do. */
export async function openReceiver(base: TestDeps, timeoutMs = 15_000) {
  const sink = await openWebhookSink();
  const webhooks = createWebhookSender({ trustedOrigins: [sink.url], timeoutMs });
  const deps: TestDeps = { ...base, webhooks };
  const secret = writeWebhookSecret(Buffer.alloc(32, 7));
  /** What came, verified; one that was not signed with the secret fails the test. */
  const verified = (by = secret) => sink.received.map((one) => verify(one, by));
  const listen = (workspaceId: WorkspaceId, values: Values = {}) =>
    createEndpoint(deps, { workspaceId, url: `${sink.url}/hook`, secret, values });
  const owed = (endpointId: string) =>
    deps.db
      .select()
      .from(webhookDeliveries)
      .where(eq(webhookDeliveries.endpointId, endpointId))
      .orderBy(webhookDeliveries.occurredAt, webhookDeliveries.id);
  return { deps, sink, secret, verified, listen, owed };
}

type New = { workspaceId: WorkspaceId; url: string; secret: string; values: Values };

async function createEndpoint(deps: TestDeps, { workspaceId, url, secret, values }: New) {
  const id = deps.chance.uuid();
  const at = deps.clock.now();
  await deps.db.insert(webhookEndpoints).values({
    id,
    workspaceId,
    url,
    events: [],
    secretSealed: deps.cipher.seal(secret),
    createdAt: at,
    updatedAt: at,
    ...values,
  });
  return id;
}

export async function readEndpoint(deps: TestDeps, id: string) {
  const [row] = await deps.db.select().from(webhookEndpoints).where(eq(webhookEndpoints.id, id));
  if (!row) throw new Error("no endpoint");
  return row;
}

export type VerifiedWebhook = {
  id: string;
  type: string;
  timestamp: string;
  data: Record<string, unknown>;
};

/**
 * As a receiver does, but for the age: tests move their clock, and the library reads the machine's. The
 * time that was sent is part of what is signed all the same.
 */
function verify({ headers, body }: Received, secret: string): VerifiedWebhook {
  const id = String(headers["webhook-id"]);
  const at = new Date(Number(headers["webhook-timestamp"]) * 1000);
  const expected = new Webhook(secret).sign(id, at, body);
  const signatures = String(headers["webhook-signature"]).split(" ");
  if (!signatures.includes(expected)) throw new Error("the signature does not hold");
  return { id, ...JSON.parse(body) };
}
