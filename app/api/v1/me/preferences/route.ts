import { apiRoute } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { answerPreferences, ownPerson } from "../../preferences/answers";
import * as operations from "../../preferences/schema";

const read = apiRoute(operations.getMyPreferences, async (context) =>
  answerPreferences(context, await ownPerson(context)),
);

const save = apiRoute(operations.saveMyPreferences, async (context) =>
  answerPreferences(context, await ownPerson(context), context.body),
);

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: read, PUT: save });
