import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { answerInbound } from "../../app/api/webhooks/twilio/door";
import { readMedia } from "../../db/queries/media";
import { readLinkedMedia } from "../../db/queries/system/linked-media";
import { conversations, media } from "../../db/schema";
import { fetchOwedMedia } from "../../lib/inbound/fetch-owed-media";
import { storeUpload } from "../../lib/outbound/store-upload";
import type { FetchedMedia } from "../../lib/ports/sms";
import { openTestDatabase } from "../support/database";
import { testDeps } from "../support/deps";
import { signedRequest, smsFields } from "../support/twilio-request";
import { createUser, createWorkspace } from "../support/workspace";

const database = openTestDatabase();
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

type Answer = (url: string) => FetchedMedia;

async function setUp(answer: Answer) {
  const base = testDeps(database);
  const asked: { url: string; token: string }[] = [];
  const deps = {
    ...base,
    sms: () =>
      Object.assign(base.provider, {
        fetchMedia: async (account: { token: string }, url: string) => {
          asked.push({ url, token: account.token });
          return answer(url);
        },
      }),
  };
  const workspace = await createWorkspace(deps);
  const receive = async (count = 1) => {
    const fields: Record<string, string> = { Body: "", NumMedia: String(count) };
    for (let i = 0; i < count; i++) fields[`MediaUrl${i}`] = `https://api.example.test/${i}`;
    const { token } = workspace.account;
    await answerInbound(deps, signedRequest(smsFields(workspace, fields), { token }));
    deps.bells.length = 0;
    deps.changes.length = 0;
  };
  const files = () =>
    deps.db
      .select()
      .from(media)
      .where(eq(media.workspaceId, workspace.workspaceId))
      .orderBy(media.position);
  const scope = { workspaceId: workspace.workspaceId, integrations: "all" as const };
  return { deps, workspace, receive, files, asked, scope };
}

const picture: Answer = () => ({ ok: true, bytes: PNG, contentType: "text/html" });

describe("received files", () => {
  it("R417 are fetched with the account's credentials, known by their bytes, stored and announced", async () => {
    const { deps, workspace, receive, files, asked, scope } = await setUp(picture);
    await receive(2);
    expect(await fetchOwedMedia(deps)).toEqual({ stored: 2, postponed: 0, failed: 0 });
    expect(asked.map(({ token }) => token)).toEqual(Array(2).fill(workspace.account.token));
    const [first] = await files();
    expect(first).toMatchObject({
      status: "stored",
      contentType: "image/png",
      size: PNG.length,
      width: 1,
      height: 1,
    });
    expect(deps.changes).toHaveLength(2);
    expect(deps.changes[0]).toMatchObject({ messageIds: [first?.messageId] });
    const [thread] = await deps.db
      .select()
      .from(conversations)
      .where(eq(conversations.workspaceId, workspace.workspaceId));
    expect(thread?.revision).toBe(3);
    const stored = await readMedia(deps.db, scope, first?.id ?? "");
    expect(stored?.bytes.equals(PNG)).toBe(true);
    expect(await fetchOwedMedia(deps)).toEqual({ stored: 0, postponed: 0, failed: 0 });
  });

  it("R417 are fetched once by two runs at the same time", async () => {
    const { deps, receive, asked } = await setUp(picture);
    await receive(8);
    await Promise.all([fetchOwedMedia(deps), fetchOwedMedia(deps), fetchOwedMedia(deps)]);
    expect(asked.map(({ url }) => url).sort()).toEqual(
      Array.from({ length: 8 }, (_, i) => `https://api.example.test/${i}`),
    );
  });

  it("R417 that cannot be had just now are asked for again, later and later, then shown as failed", async () => {
    const { deps, receive, files, asked } = await setUp(() => ({
      ok: false,
      isFinal: false,
      reason: "HTTP 500",
    }));
    await receive();
    for (let attempt = 1; attempt < 7; attempt++) {
      expect(await fetchOwedMedia(deps)).toMatchObject({ postponed: 1 });
      expect(await fetchOwedMedia(deps)).toMatchObject({ postponed: 0 });
      deps.clock.advance(5000 * 3 ** (attempt - 1));
      expect(deps.bells.at(-1)).toEqual({ kind: "media", at: deps.clock.now() });
    }
    expect(await fetchOwedMedia(deps)).toMatchObject({ failed: 1 });
    expect(asked).toHaveLength(7);
    expect(await files()).toMatchObject([
      { status: "failed", error: "HTTP 500", fetchAfter: null },
    ]);
    expect(deps.changes).toHaveLength(1);
  });

  it("R417 that are refused for good are failed at once", async () => {
    const { deps, receive, files } = await setUp(() => ({
      ok: false,
      isFinal: true,
      reason: "gone",
    }));
    await receive();
    expect(await fetchOwedMedia(deps)).toMatchObject({ failed: 1 });
    expect(await files()).toMatchObject([{ status: "failed", error: "gone" }]);
  });

  it("R417 whose fetcher died are taken over when its lease is over", async () => {
    const { deps, receive, files } = await setUp(() => {
      throw new Error("killed");
    });
    await receive();
    await expect(fetchOwedMedia(deps)).rejects.toThrow("killed");
    const revived = { ...deps, sms: (await setUp(picture)).deps.sms };
    expect(await fetchOwedMedia(revived)).toMatchObject({ stored: 0 });
    deps.clock.advance(120_000);
    expect(await fetchOwedMedia(revived)).toMatchObject({ stored: 1 });
    expect(await files()).toMatchObject([{ status: "stored" }]);
  });
});

describe("uploaded files", () => {
  async function upload(bytes: Buffer, contentType: string, fileName = "C:\\x\\photo.png") {
    const { deps, workspace, scope } = await setUp(picture);
    const user = await createUser(deps, workspace.workspaceId, "agent");
    const input = {
      workspaceId: workspace.workspaceId,
      userId: user.id,
      fileName,
      contentType,
      bytes,
    };
    return { outcome: await storeUpload(deps, input), deps, scope };
  }

  it("R417 are stored with their size and served to their workspace and by link only", async () => {
    const { outcome, deps, scope } = await upload(PNG, "application/octet-stream");
    expect(outcome).toMatchObject({
      kind: "stored",
      media: { contentType: "image/png", fileName: "photo.png", width: 1, height: 1 },
    });
    if (outcome.kind !== "stored") return;
    expect((await readMedia(deps.db, scope, outcome.media.id))?.contentType).toBe("image/png");
    expect((await readLinkedMedia(deps.db, outcome.media.id))?.fileName).toBe("photo.png");
    const stranger = await createWorkspace(deps);
    const elsewhere = { workspaceId: stranger.workspaceId, integrations: "all" as const };
    expect(await readMedia(deps.db, elsewhere, outcome.media.id)).toBeNull();
  });

  it("R417 of a number that an agent may not see are not there for them", async () => {
    const { deps, workspace, receive, files } = await setUp(picture);
    await receive();
    await fetchOwedMedia(deps);
    const [file] = await files();
    const { workspaceId } = workspace;
    const see = (integrations: string[]) =>
      readMedia(deps.db, { workspaceId, integrations }, file?.id ?? "");
    expect(await see([])).toBeNull();
    expect(await see([workspace.integration.id])).not.toBeNull();
    expect(await readLinkedMedia(deps.db, file?.id ?? "")).toBeNull();
  });

  it.each([
    [Buffer.alloc(0), "image/png", "media_empty"],
    [Buffer.from("<html>"), "image/png", "media_type_not_allowed"],
    [Buffer.from("<svg/>"), "image/svg+xml", "media_type_not_allowed"],
    [Buffer.concat([PNG, Buffer.alloc(5 * 1024 * 1024)]), "image/png", "media_too_large"],
    [Buffer.concat([Buffer.from("%PDF-"), Buffer.alloc(16 * 1024 * 1024)]), "x", "media_too_large"],
  ])("R417 that no channel takes are refused with a sentence (%#)", async (bytes, type, code) => {
    expect((await upload(bytes, type)).outcome).toMatchObject({ kind: "refused", code });
  });
});
