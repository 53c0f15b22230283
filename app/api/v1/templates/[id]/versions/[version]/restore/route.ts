import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { restoreTemplate } from "@/lib/templates/restore-template";
import { templateProblem } from "../../../../answers";
import * as operations from "../../../../schema";
import { withUsage } from "../../../../usage";

const restore = apiRoute(operations.restoreVersion, async (context) => {
  const { deps, caller, params } = context;
  const outcome = await restoreTemplate(deps, caller, { ...params, seenVersion: null });
  if (outcome.kind !== "saved") return { problem: templateProblem(outcome) };
  const [body] = await withUsage(context, [outcome.template]);
  return body ? { status: 200, body } : { problem: notFound() };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ POST: restore });
