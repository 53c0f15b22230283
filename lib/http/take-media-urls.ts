import type { Caller } from "../domain/viewer";
import { MAX_UPLOAD_BYTES, storeUpload } from "../outbound/store-upload";
import type { Deps } from "../ports/deps";
import { fetchChecked } from "./address-check";
import type { FieldFault } from "./problem";

type Input = {
  caller: Caller;
  urls: readonly string[];
  /** Of the paths of faults: `mediaUrls`, or `3.mediaUrls` in a batch. */
  path: string;
};

const TIMEOUT_MS = 15_000;

/**
 * Takes over the files behind a client's URLs, each address checked first, so that the provider fetches
 * them from us: by our signed link, for as long as it needs, and the thread can show them for ever.
 */
export async function takeMediaUrls(
  deps: Deps,
  { caller, urls, path }: Input,
): Promise<{ ok: true; mediaIds: string[] } | { ok: false; errors: FieldFault[] }> {
  const taken = await Promise.all(urls.map((url) => takeOne(deps, caller, url)));
  const errors = taken.flatMap((result, index) =>
    "message" in result ? [{ path: `${path}.${index}`, message: result.message }] : [],
  );
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, mediaIds: taken.flatMap((result) => ("id" in result ? [result.id] : [])) };
}

async function takeOne(
  deps: Deps,
  caller: Caller,
  url: string,
): Promise<{ id: string } | { message: string }> {
  const { trustedOrigins } = deps.settings;
  const limits = { maxBytes: MAX_UPLOAD_BYTES, timeoutMs: TIMEOUT_MS };
  const file = await fetchChecked(url, { trustedOrigins, ...limits });
  if (!file.ok) return { message: `Could not be fetched: ${file.reason}` };
  const outcome = await storeUpload(deps, {
    workspaceId: caller.workspaceId,
    userId: caller.actor.kind === "user" ? caller.actor.userId : null,
    fileName: new URL(url).pathname.split("/").at(-1) ?? null,
    contentType: file.contentType,
    bytes: file.bytes,
  });
  return outcome.kind === "stored" ? { id: outcome.media.id } : { message: outcome.message };
}
