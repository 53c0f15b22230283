import { apiRoute } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { readHeld } from "@/lib/notifications/read-held";
import { answerFates } from "../../../../held/answers";
import * as operations from "../../../../held/schema";

const read = apiRoute(operations.readHeld, (context) =>
  answerFates(context, (held) => readHeld(context.deps, held)),
);

export const { GET, POST, PUT, PATCH, DELETE } = methods({ POST: read });
