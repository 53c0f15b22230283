import { answerRaw } from "@/lib/http/raw-route";
import { getDeps } from "@/lib/runtime";
import { answerInbound, MAX_WEBHOOK_BYTES } from "./door";

/** Messages from Twilio. In production mode the server's fast lane answers before Next does. */
export async function POST(request: Request) {
  return answerRaw(request, MAX_WEBHOOK_BYTES, (raw) => answerInbound(getDeps(), raw));
}
