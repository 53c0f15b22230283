import { findWorkspace } from "@/db/queries/workspaces";
import { previewTemplate } from "@/lib/domain/templates/preview-template";
import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { findTemplate } from "@/lib/templates/find-template";
import { fillingProblem } from "../../answers";
import * as operations from "../../schema";
import { valuesOf } from "../../values";

const render = apiRoute(operations.renderTemplate, async (context) => {
  const { deps, caller, params, body } = context;
  const { workspaceId } = caller;
  const template = await findTemplate(deps.db, { workspaceId, id: params.id });
  const workspace = await findWorkspace(deps.db, workspaceId);
  if (!template || !workspace) return { problem: notFound() };
  const data = await valuesOf(context, template, body);
  const filling = { data, zone: workspace.timeZone, brand: workspace.name };
  const previewed = previewTemplate(template, filling);
  if (!previewed.ok) return { problem: fillingProblem(previewed) };
  const { words, measure } = previewed.preview;
  return {
    status: 200,
    body: {
      subject: template.channel === "email" ? words.subject : null,
      body: words.body,
      html: words.html,
      segments: measure?.segments ?? null,
      encoding: measure?.encoding ?? null,
    },
  };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ POST: render });
