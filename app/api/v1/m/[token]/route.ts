import { readLinkedMedia } from "@/db/queries/system/linked-media";
import { openMediaLink } from "@/lib/http/media-link";
import { mediaResponse } from "@/lib/http/media-response";
import { getDeps } from "@/lib/runtime";

type Context = { params: Promise<{ token: string }> };

/** R417: an outbound file for the provider that sends it. The token is the whole permission, for 24 h. */
export async function GET(request: Request, context: Context) {
  const deps = getDeps();
  const { token } = await context.params;
  const link = openMediaLink(deps, token);
  const file = link.kind === "valid" ? await readLinkedMedia(deps.db, link.mediaId) : null;
  if (file) return mediaResponse(request, file);
  return new Response("This link is not valid, or no longer", { status: 404 });
}

export const HEAD = GET;
