import { answerRaw } from "@/lib/http/raw-route";
import { getDeps } from "@/lib/runtime";
import { answerStatus, MAX_STATUS_BYTES } from "./door";

/** Status callbacks from Twilio. In production mode the server's fast lane answers before Next does. */
export async function POST(request: Request) {
  return answerRaw(request, MAX_STATUS_BYTES, (raw) => answerStatus(getDeps(), raw));
}
