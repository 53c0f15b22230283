import type { z } from "zod";
import type { IntegrationRow } from "@/db/queries/integrations";
import { regionOf } from "@/lib/domain/sns";
import { invalid, notFound } from "@/lib/http/api";
import type { Problem } from "@/lib/http/problem";
import type { CreateIntegrationOutcome } from "@/lib/integrations/create-integration";
import type { DeleteIntegrationOutcome } from "@/lib/integrations/delete-integration";
import type { UpdateIntegrationOutcome } from "@/lib/integrations/update-integration";
import type { integration } from "./schema";

/** What leaves the house: no credential, no provider origin. */
export function toIntegration(row: IntegrationRow): z.input<typeof integration> {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    provider: row.provider,
    accountId: row.accountSid,
    region: regionOf(row.apiOrigin),
    phoneNumber: row.sender,
    fromName: row.fromName,
    messagingServiceSid: row.messagingServiceSid,
    isActive: row.isActive,
    stoppedAt: row.stoppedAt?.toISOString() ?? null,
    isDefault: row.isDefault,
    isSystem: row.isSystem,
    isVisibleToAll: row.isVisibleToAll,
    defaultCountry: row.defaultCountry,
    pacePerSecond: row.pacePerSecond,
    hasApiKey: row.hasToken,
    lastWebhookAt: row.lastWebhookAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** The field that mends what the provider refused. */
const PATHS = {
  credentials: "apiKey",
  sender: "phoneNumber",
  server: "smtp.host",
  unreachable: "provider",
  unexpected: "provider",
} as const;

type Refusal =
  | Exclude<CreateIntegrationOutcome, { kind: "created" }>
  | Exclude<UpdateIntegrationOutcome, { kind: "updated" }>
  | Exclude<DeleteIntegrationOutcome, { kind: "deleted" }>;

export function integrationProblem(refusal: Refusal): Problem {
  switch (refusal.kind) {
    case "not_found":
      return notFound();
    case "invalid":
      return invalid(
        refusal.faults.map(({ path, message }) => ({ path, message })),
        refusal.faults[0]?.code,
      );
    case "refused": {
      const { fault, message } = refusal.check;
      const path = PATHS[fault];
      return invalid([{ path, message }], fault);
    }
    case "sender_taken": {
      const detail = "This account and sender are connected already, here or in another workspace";
      return { status: 409, code: refusal.kind, detail };
    }
    case "has_messages": {
      const detail = "It has conversations, which stay readable: deactivate it instead";
      return { status: 409, code: refusal.kind, detail };
    }
    case "is_system": {
      const detail = "It comes from the environment: change the variables there";
      return { status: 409, code: refusal.kind, detail };
    }
    default:
      return refusal satisfies never;
  }
}
