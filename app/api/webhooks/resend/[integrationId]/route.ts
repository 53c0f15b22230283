import { answerRaw } from "@/lib/http/raw-route";
import { getDeps } from "@/lib/runtime";
import { answerEmailEvent, MAX_EVENT_BYTES } from "./door";

type Context = { params: Promise<{ integrationId: string }> };

/** What Resend says about e-mails: delivered, bounced, complained about. */
export async function POST(request: Request, context: Context) {
  const { integrationId } = await context.params;
  return answerRaw(request, MAX_EVENT_BYTES, (raw) =>
    answerEmailEvent(getDeps(), integrationId, raw),
  );
}
