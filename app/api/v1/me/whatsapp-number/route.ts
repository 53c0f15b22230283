import { proveWhatsappNumber } from "@/lib/auth/prove-whatsapp-number";
import { apiRoute, invalid, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { answerPreferences, ownPerson, throttled } from "../../preferences/answers";
import * as operations from "../../preferences/schema";

const prove = apiRoute(operations.proveMyWhatsappNumber, async (context) => {
  const { deps, caller, body } = context;
  const { workspaceId, actor } = caller;
  const personId = await ownPerson(context);
  if (personId === null) return { problem: notFound() };
  const given = { workspaceId, actor, personId, code: body.code };
  const outcome = await proveWhatsappNumber(deps, given);
  switch (outcome.kind) {
    case "saved":
      return answerPreferences(context, personId);
    case "wrong_code": {
      const message = "Wrong, used or too old: give the number again for another";
      return { problem: invalid([{ path: "code", message }], outcome.kind) };
    }
    case "number_taken": {
      const message = "The number has become somebody else's here";
      return { problem: invalid([{ path: "code", message }], outcome.kind) };
    }
    case "throttled":
      return { problem: throttled(outcome) };
    default:
      return outcome satisfies never;
  }
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ POST: prove });
