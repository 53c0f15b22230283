import {
  type ClaimedMedia,
  claimOwedMedia,
  failMedia,
  postponeMedia,
  storeFetchedMedia,
} from "../../db/writes/media";
import { readImageSize } from "../domain/image-size";
import { detectMediaType } from "../domain/media-type";
import type { Deps } from "../ports/deps";
import type { FetchedMedia, ProviderAccount } from "../ports/sms";

type Needs = Pick<
  Deps,
  "db" | "clock" | "chance" | "cipher" | "log" | "realtime" | "jobs" | "sms" | "settings"
>;

export type FetchReport = { stored: number; postponed: number; failed: number };

/** WhatsApp's own limit, the largest of any channel. */
export const MAX_INBOUND_MEDIA_BYTES = 16 * 1024 * 1024;

const BATCH = 8;
/** Batches in one run; what is left then is found by the next bell or sweep. */
const MAX_BATCHES = 25;
/** Longer than a fetch may take: after it another run may try. */
const LEASE_MS = 120_000;
const MAX_ATTEMPTS = 7;
const FIRST_DELAY_MS = 5000;

/**
 * Fetches received files that are due, with the account's credentials, over all workspaces: type by
 * their bytes, at most 16 MB, stored in the database, announced to screens. A failure that may pass is
 * tried again after 5 s, 15 s, 45 s …, seven times in all; then the file is shown as failed.
 */
export async function fetchOwedMedia(deps: Needs): Promise<FetchReport> {
  const report: FetchReport = { stored: 0, postponed: 0, failed: 0 };
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const now = deps.clock.now();
    const leaseUntil = new Date(now.getTime() + LEASE_MS);
    const claimed = await claimOwedMedia(deps.db, { now, leaseUntil, limit: BATCH });
    const results = await Promise.all(claimed.map((claim) => fetchOne(deps, claim)));
    for (const result of results) report[result] += 1;
    if (claimed.length < BATCH) return report;
  }
  await deps.jobs.ring([{ kind: "media", at: deps.clock.now() }]);
  return report;
}

async function fetchOne(deps: Needs, claim: ClaimedMedia): Promise<keyof FetchReport> {
  const fetched = await fetchBytes(deps, claim);
  if (fetched.ok) return store(deps, claim, fetched);
  if (fetched.isFinal || claim.fetchAttempts >= MAX_ATTEMPTS) {
    deps.log.warn({ mediaId: claim.id, reason: fetched.reason }, "[MEDIA] Not fetched, given up");
    announce(deps, claim, await failMedia(deps.db, { claim, error: fetched.reason }));
    return "failed";
  }
  const delay = (FIRST_DELAY_MS * 3 ** (claim.fetchAttempts - 1)) / deps.settings.timeScale;
  const fetchAfter = new Date(deps.clock.now().getTime() + delay);
  await postponeMedia(deps.db, { claim, error: fetched.reason, fetchAfter });
  await deps.jobs.ring([{ kind: "media", at: fetchAfter }]);
  return "postponed";
}

async function fetchBytes(deps: Needs, claim: ClaimedMedia): Promise<FetchedMedia> {
  const { account, sourceUrl } = claim;
  if (!sourceUrl) return { ok: false, isFinal: true, reason: "there is no address to fetch from" };
  const opened = openAccount(deps, claim);
  if (!opened) return { ok: false, isFinal: false, reason: "the credentials cannot be opened" };
  const provider = deps.sms(account.provider);
  const fetched = await provider.fetchMedia(opened, sourceUrl, MAX_INBOUND_MEDIA_BYTES);
  if (fetched.ok && fetched.bytes.length > MAX_INBOUND_MEDIA_BYTES) {
    return { ok: false, isFinal: true, reason: "the file is over 16 MB" };
  }
  return fetched;
}

/** One account sealed with a lost key must not hold up the files of the others. */
function openAccount(deps: Needs, { account }: ClaimedMedia): ProviderAccount | null {
  const { tokenSealed, sid, ...rest } = account;
  try {
    return { ...rest, sid: sid ?? "", token: tokenSealed ? deps.cipher.open(tokenSealed) : "" };
  } catch (error) {
    deps.log.error({ accountId: account.id, error }, "[MEDIA] Credentials cannot be opened");
    return null;
  }
}

async function store(
  deps: Needs,
  claim: ClaimedMedia,
  fetched: Extract<FetchedMedia, { ok: true }>,
): Promise<"stored"> {
  const { bytes } = fetched;
  const contentType = detectMediaType(bytes, fetched.contentType || claim.contentType);
  const size = readImageSize(bytes, contentType);
  const conversationId = await storeFetchedMedia(deps.db, {
    claim,
    blobId: deps.chance.uuid(),
    file: {
      workspaceId: claim.workspaceId,
      bytes,
      contentType,
      width: size?.width ?? null,
      height: size?.height ?? null,
      now: deps.clock.now(),
    },
  });
  announce(deps, claim, conversationId);
  return "stored";
}

function announce(deps: Needs, claim: ClaimedMedia, conversationId: string | null) {
  if (conversationId === null) return;
  const { workspaceId, messageId } = claim;
  deps.realtime.announce([
    { kind: "conversation", workspaceId, conversationId, messageIds: [messageId] },
  ]);
}
