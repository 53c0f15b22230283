import type twilio from "twilio";
import { readTemplateStatus, variablesOf } from "../../domain/whatsapp-template";
import type { ProviderTemplate } from "../../ports/sms";

const MAX_TEMPLATES = 2000;

type Instance = Awaited<
  ReturnType<twilio.Twilio["content"]["v1"]["contentAndApprovals"]["list"]>
>[number];

/** Those that consist of a text: others have parts that a text in the composer cannot stand for. */
export async function listTemplates(client: twilio.Twilio): Promise<ProviderTemplate[]> {
  const found = await client.content.v1.contentAndApprovals.list({ limit: MAX_TEMPLATES });
  return found.flatMap((instance) => {
    const template = readTemplate(instance);
    return template ? [template] : [];
  });
}

/** The SDK calls them objects; they are words. */
function samplesOf({ variables }: Instance): Record<string, string> {
  const entries = Object.entries(variables ?? {});
  return Object.fromEntries(entries.map(([name, sample]) => [name, String(sample)]));
}

type Types = Record<string, { body?: unknown } | undefined>;
type Approval = { name?: string; category?: string; status?: string; rejection_reason?: string };

function readTemplate(instance: Instance): ProviderTemplate | null {
  const text = (instance.types as Types)["twilio/text"]?.body;
  if (typeof text !== "string") return null;
  const approval = (instance.approvalRequests ?? {}) as Approval;
  return {
    contentSid: instance.sid,
    name: approval.name || instance.friendlyName,
    language: instance.language,
    body: text,
    variables: variablesOf(text, samplesOf(instance)),
    category: approval.category?.toLowerCase() || null,
    status: readTemplateStatus(approval.status),
    rejectionReason: approval.rejection_reason || null,
  };
}
