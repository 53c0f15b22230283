import { answerRaw } from "@/lib/http/raw-route";
import { refuseMails } from "@/lib/notifications/refuse-mails";
import { getDeps } from "@/lib/runtime";

type Context = { params: Promise<{ token: string }> };

/** Bytes; `List-Unsubscribe=One-Click` is all that a mail program sends. */
const MAX_BYTES = 1000;
const headers = {
  "content-type": "text/plain; charset=utf-8",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
};

/**
 * One-click unsubscribing from notifications (RFC 8058): a mail program posts here, without cookies and
 * without a page to look at. The token is the whole permission.
 */
export async function POST(request: Request, context: Context) {
  const { token } = await context.params;
  return answerRaw(request, MAX_BYTES, async () => {
    const isDone = await refuseMails(getDeps(), token);
    if (!isDone) return { status: 404, headers, body: "This link is not valid" };
    return { status: 200, headers, body: "Unsubscribed" };
  });
}

/** Some programs open the address for a person to see: looking changes nothing. */
export async function GET(_request: Request, context: Context) {
  const { token } = await context.params;
  const { appUrl } = getDeps().settings;
  return Response.redirect(`${appUrl}/p/${encodeURIComponent(token)}`, 303);
}
