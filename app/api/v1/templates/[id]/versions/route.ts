import { listTemplateVersions } from "@/db/queries/templates";
import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { findTemplate } from "@/lib/templates/find-template";
import { toVersion } from "../../answers";
import * as operations from "../../schema";

const list = apiRoute(operations.listVersions, async ({ deps, caller, params }) => {
  const of = { workspaceId: caller.workspaceId, id: params.id };
  if (!(await findTemplate(deps.db, of))) return { problem: notFound() };
  const versions = await listTemplateVersions(deps.db, of);
  return { status: 200, body: { data: versions.map(toVersion) } };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: list });
