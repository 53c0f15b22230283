import { type IntegrationRow, listIntegrations } from "../../db/queries/integrations";
import { type DatabaseFacts, describeDatabase } from "../../db/queries/system/database";
import type { Administrator, Caller } from "../domain/viewer";
import { testIntegration } from "../integrations/test-integration";
import type { Deps } from "../ports/deps";
import type { ConnectionTest } from "../ports/sms";

export type TestedConnections = {
  database: DatabaseFacts & { milliseconds: number };
  /** One after the other would take as long as all of them; null: taken away meanwhile. */
  senders: { integration: IntegrationRow; check: ConnectionTest | null; milliseconds: number }[];
};

/**
 * R215: asks the database and the provider of every sender whether they answer, live; nothing is sent.
 * A sender that had been stopped and is good again sends again, as after its own test.
 *
 * @throws when the database does not answer
 */
export async function testConnections(
  deps: Deps,
  by: Administrator & Caller,
): Promise<TestedConnections> {
  const asked = deps.clock.monotonic();
  const facts = await describeDatabase(deps.db);
  const database = { ...facts, milliseconds: since(deps, asked) };
  const integrations = await listIntegrations(deps.db, by);
  const senders = await Promise.all(
    integrations.map(async (integration) => {
      const started = deps.clock.monotonic();
      const outcome = await testIntegration(deps, by, { id: integration.id, to: null, body: "" });
      const check = outcome.kind === "not_found" ? null : outcome.check;
      return { integration, check, milliseconds: since(deps, started) };
    }),
  );
  return { database, senders };
}

function since({ clock }: Pick<Deps, "clock">, started: number): number {
  return Math.round(clock.monotonic() - started);
}
