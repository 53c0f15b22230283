import { getTranslations } from "next-intl/server";
import { readLinkedMedia } from "@/db/queries/system/linked-media";
import { mediaResponse } from "@/lib/http/media-response";
import { openMediaLink } from "@/lib/outbound/media-link";
import { getDeps } from "@/lib/runtime";

type Context = { params: Promise<{ token: string }> };

/**
 * R417: an outbound file, for the provider that sends it or, where it went as a link in a text, for the
 * person who opens that in a browser. The token is the whole permission, for as long as it says.
 */
export async function GET(request: Request, context: Context) {
  const deps = getDeps();
  const link = openMediaLink(deps, (await context.params).token);
  switch (link.kind) {
    case "invalid":
      return refuse("invalid", 404);
    case "expired":
      return refuse("expired", 410);
    case "valid": {
      const file = await readLinkedMedia(deps.db, link.mediaId);
      return file ? mediaResponse(request, file) : refuse("invalid", 404);
    }
    default:
      return link satisfies never;
  }
}

/** In the language of the reader's browser: a customer may read it. */
async function refuse(why: "invalid" | "expired", status: number): Promise<Response> {
  const t = await getTranslations("ui.fileLink");
  return new Response(t(why), { status });
}

export const HEAD = GET;
