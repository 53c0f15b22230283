import { apiRoute } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { sendHeld } from "@/lib/notifications/send-held";
import { answerFates } from "../../../../held/answers";
import * as operations from "../../../../held/schema";

const send = apiRoute(operations.sendHeld, (context) =>
  answerFates(context, (held) => sendHeld(context.deps, held)),
);

export const { GET, POST, PUT, PATCH, DELETE } = methods({ POST: send });
