import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { eq } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { answerInbound, MAX_WEBHOOK_BYTES } from "../../app/api/webhooks/twilio/door";
import { readMedia } from "../../db/queries/media";
import { accounts, media, messages } from "../../db/schema";
import { simulatorControl } from "../../lib/embedded/simulator/client";
import { type Simulator, startSimulator } from "../../lib/embedded/simulator/server";
import { fetchChecked } from "../../lib/http/address-check";
import { createFastLane } from "../../lib/http/fast-lane";
import type { RawRequest } from "../../lib/http/raw";
import { answerRaw } from "../../lib/http/raw-route";
import { fetchOwedMedia } from "../../lib/inbound/fetch-owed-media";
import type { Deps } from "../../lib/ports/deps";
import { createSmsProviders } from "../../lib/providers/sms";
import { openTestDatabase } from "../support/database";
import { testDeps } from "../support/deps";
import { close, listen, originOf } from "../support/engine";
import { createWorkspace } from "../support/workspace";

/** The phone network's signed webhooks against the door, by each of its two adapters over real HTTP. */
const database = openTestDatabase();
const PATH = "/api/webhooks/twilio";
const PERSON = "+33612345678";
const PNG = Uint8Array.from(
  Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  ),
);

type Listener = (request: IncomingMessage, response: ServerResponse) => void;
type Adapter = (
  deps: Deps,
  door: (raw: RawRequest) => ReturnType<typeof answerInbound>,
) => Listener;

const fastLane: Adapter = (deps, door) => {
  const lane = createFastLane({ [PATH]: door }, deps.log);
  return (request, response) => void lane(request, response);
};

const routeHandler: Adapter = (_deps, door) => async (request, response) => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const given = new Request(`http://inside.test:3000${request.url}`, {
    method: "POST",
    headers: request.headers as Record<string, string>,
    body: Buffer.concat(parts),
  });
  const answer = await answerRaw(given, MAX_WEBHOOK_BYTES, door);
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(await answer.text());
};

const opened: { servers: Server[]; simulators: Simulator[] } = { servers: [], simulators: [] };
afterEach(async () => {
  await Promise.all(opened.simulators.splice(0).map((simulator) => simulator.close()));
  await Promise.all(opened.servers.splice(0).map(close));
});

async function setUp(adapter: Adapter) {
  const base = testDeps(database);
  const sms = createSmsProviders({
    log: base.log,
    twilioApiUrl: null,
    fetchFile: (url, { trustedOrigin, ...limits }) =>
      fetchChecked(url, { ...limits, trustedOrigins: trustedOrigin ? [trustedOrigin] : [] }),
    uuid: base.chance.uuid,
  });
  let listener: Listener = (_, response) => void response.writeHead(503).end();
  const server = createServer((request, response) => listener(request, response));
  await listen(server, 0);
  opened.servers.push(server);
  const deps = { ...base, sms, settings: { ...base.settings, appUrl: originOf(server) } };
  listener = adapter(deps, (raw) => answerInbound(deps, raw));
  const workspace = await createWorkspace(deps);
  const simulator = await startSimulator({
    accounts: [
      {
        sid: workspace.account.sid,
        token: workspace.account.token,
        webhookUrl: `${originOf(server)}${PATH}#rc=5&rp=all`,
        numbers: [{ number: workspace.integration.sender }],
      },
    ],
  });
  opened.simulators.push(simulator);
  return { deps, workspace, simulator, control: simulatorControl(simulator.url) };
}

describe.each([
  ["the fast lane", fastLane],
  ["the route handler", routeHandler],
] as const)("by %s", (_name, adapter) => {
  it("R406 R417 a text with a photo passes the door, and its file is fetched and served as it was sent", async () => {
    const { deps, workspace, simulator, control } = await setUp(adapter);
    const { workspaceId } = workspace;
    await deps.db
      .update(accounts)
      .set({ apiOrigin: simulator.url })
      .where(eq(accounts.workspaceId, workspaceId));
    const photo = await control.upload(PNG, "image/png", "photo.png");
    const body = "Déjà payé 25 € & plus + 👋\nligne 2";
    const to = workspace.integration.sender;
    const sent = await control.send({ from: PERSON, to, body, media: [photo], wait: true });
    expect(sent.webhook).toMatchObject({ httpStatus: 200, body: "<Response/>", tries: 1 });
    const [text] = await deps.db
      .select()
      .from(messages)
      .where(eq(messages.workspaceId, workspaceId));
    expect(text).toMatchObject({ body, kind: "media", providerId: sent.message.sid });
    expect(await fetchOwedMedia(deps)).toEqual({ stored: 1, postponed: 0, failed: 0 });
    const [file] = await deps.db.select().from(media).where(eq(media.workspaceId, workspaceId));
    expect(file).toMatchObject({ status: "stored", contentType: "image/png", width: 1, height: 1 });
    const scope = { workspaceId, integrations: "all" as const };
    expect((await readMedia(deps.db, scope, file?.id ?? ""))?.bytes.equals(PNG)).toBe(true);
  });

  it("R417 a file at a private address that nobody vouches for is not fetched", async () => {
    const { deps, workspace, control } = await setUp(adapter);
    const photo = await control.upload(PNG, "image/png", "photo.png");
    const to = workspace.integration.sender;
    await control.send({ from: PERSON, to, media: [photo], wait: true });
    expect(await fetchOwedMedia(deps)).toEqual({ stored: 0, postponed: 0, failed: 1 });
    const [file] = await deps.db
      .select()
      .from(media)
      .where(eq(media.workspaceId, workspace.workspaceId));
    expect(file).toMatchObject({
      status: "failed",
      error: "the address leads into a private network",
    });
  });
});
