import { apiRoute } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { createTemplate } from "@/lib/templates/create-template";
import { type KnownTemplate, listTemplates } from "@/lib/templates/find-template";
import { templateProblem, toTemplate, toVariables } from "./answers";
import * as operations from "./schema";
import { withUsage } from "./usage";

const list = apiRoute(operations.listTemplates, async ({ query, ...context }) => {
  const { limit, cursor, ...filter } = query;
  const all = await listTemplates(context.deps.db, context.caller.workspaceId);
  const matching = all.filter((one) => matches(one, filter));
  const first = cursor ? matching.findIndex(({ id }) => id === cursor) + 1 : 0;
  const shown = matching.slice(first, first + limit);
  const isLast = first + limit >= matching.length;
  const data = await withUsage(context, shown);
  return { status: 200, body: { data, nextCursor: isLast ? null : (shown.at(-1)?.id ?? null) } };
});

type Filter = { event?: string; channel?: string; locale?: string };

function matches(one: KnownTemplate, { event, channel, locale }: Filter): boolean {
  return (
    (event === undefined || one.event === event) &&
    (channel === undefined || one.channel === channel) &&
    (locale === undefined || one.locale === locale)
  );
}

const create = apiRoute(operations.createTemplate, async ({ deps, caller, body }) => {
  const variables = toVariables(body.variables);
  const outcome = await createTemplate(deps, caller, { ...body, variables });
  if (outcome.kind !== "saved") return { problem: templateProblem(outcome) };
  const { template } = outcome;
  return {
    status: 201,
    body: toTemplate(template, null),
    headers: { location: `/api/v1/templates/${template.id}` },
  };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: list, POST: create });
