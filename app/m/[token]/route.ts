import { readLinkedMedia } from "@/db/queries/system/linked-media";
import { mediaResponse } from "@/lib/http/media-response";
import { openMediaLink } from "@/lib/outbound/media-link";
import { getDeps } from "@/lib/runtime";

type Context = { params: Promise<{ token: string }> };

/** R417: an outbound file for the provider that sends it. The token is the whole permission, for 24 h. */
export async function GET(request: Request, context: Context) {
  const deps = getDeps();
  const link = openMediaLink(deps, (await context.params).token);
  switch (link.kind) {
    case "invalid":
      return new Response("This link is not valid", { status: 404 });
    case "expired":
      return new Response("This link has expired", { status: 410 });
    case "valid": {
      const file = await readLinkedMedia(deps.db, link.mediaId);
      return file ? mediaResponse(request, file) : new Response("Not found", { status: 404 });
    }
    default:
      return link satisfies never;
  }
}

export const HEAD = GET;
