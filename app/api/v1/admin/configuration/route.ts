import { listIntegrations } from "@/db/queries/integrations";
import { listSendingPauses } from "@/db/queries/sending-pauses";
import { findWorkspace } from "@/db/queries/workspaces";
import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { JOBS } from "@/lib/operations/jobs";
import { getRuntime } from "@/lib/runtime";
import { toConnection } from "../answers";
import * as operations from "../schema";
import { maskedEnvironment } from "./environment";

const get = apiRoute(operations.getConfiguration, async ({ deps, caller }) => {
  const { env, appUrl } = getRuntime();
  const workspace = await findWorkspace(deps.db, caller.workspaceId);
  if (!workspace) return { problem: notFound() };
  const rows = await listIntegrations(deps.db, caller);
  const pauses = await listSendingPauses(deps.db, caller.workspaceId);
  return {
    status: 200,
    body: {
      appUrl,
      environment: maskedEnvironment(env),
      workspace: {
        name: workspace.name,
        locale: workspace.locale,
        timeZone: workspace.timeZone,
        defaultCountry: workspace.defaultCountry,
        pausedSending: pauses.map(({ scope }) => scope),
        pacePerMinute: workspace.pacePerMinute,
        maxAttempts: workspace.maxAttempts,
        retryDelaySeconds: workspace.retryDelaySeconds,
        aggregationSeconds: workspace.aggregationSeconds,
        demandsVerified: workspace.demandsVerified,
        workingHours: workspace.workingHours,
      },
      senders: rows.map(toConnection),
      jobs: JOBS.map(({ name, periodSeconds }) => ({ id: name, periodSeconds })),
    },
  };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: get });
