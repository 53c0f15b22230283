import { apiRoute } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { answerPreferences } from "../../../preferences/answers";
import * as operations from "../../../preferences/schema";

const read = apiRoute(operations.getContactPreferences, (context) =>
  answerPreferences(context, context.params.id),
);

const save = apiRoute(operations.saveContactPreferences, (context) =>
  answerPreferences(context, context.params.id, context.body),
);

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: read, PUT: save });
