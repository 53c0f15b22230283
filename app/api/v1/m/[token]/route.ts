import { readLinkedMedia } from "@/db/queries/system/linked-media";
import { mediaResponse } from "@/lib/http/media-response";
import { readMediaLink } from "@/lib/outbound/media-link";
import { getDeps } from "@/lib/runtime";

type Context = { params: Promise<{ token: string }> };

/** R417: an outbound file for the provider that sends it. The token is the whole permission, for 24 h. */
export async function GET(request: Request, context: Context) {
  const { db, clock, settings } = getDeps();
  const { token } = await context.params;
  const mediaId = readMediaLink(token, clock.now(), settings.linkSecret);
  const file = mediaId === null ? null : await readLinkedMedia(db, mediaId);
  if (file) return mediaResponse(request, file);
  return new Response("This link is not valid, or no longer", { status: 404 });
}

export const HEAD = GET;
