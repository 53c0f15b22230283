import { apiRoute } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { answerPreferences, personOfUser } from "../../../preferences/answers";
import * as operations from "../../../preferences/schema";

const read = apiRoute(operations.getUserPreferences, async (context) =>
  answerPreferences(context, await personOfUser(context, context.params.id)),
);

const save = apiRoute(operations.saveUserPreferences, async (context) =>
  answerPreferences(context, await personOfUser(context, context.params.id), context.body),
);

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: read, PUT: save });
