import type { z } from "zod";
import type { TemplateUsage, TemplateVersion } from "@/db/queries/templates";
import { aVariable, type InputFault } from "@/lib/domain/templates/template-input";
import type { Variable } from "@/lib/domain/templates/variables";
import type { Worded } from "@/lib/domain/templates/word-template";
import { valueFaultMessage } from "@/lib/domain/templates/word-type";
import { invalid, notFound } from "@/lib/http/api";
import type { Problem } from "@/lib/http/problem";
import type { CreateTemplateOutcome } from "@/lib/templates/create-template";
import type { DeleteTemplateOutcome } from "@/lib/templates/delete-template";
import type { KnownTemplate } from "@/lib/templates/find-template";
import type { UpdateTemplateOutcome } from "@/lib/templates/update-template";
import type { TemplateBody, template, templateVersion } from "./schema";

type Words = Pick<
  KnownTemplate,
  "name" | "subject" | "body" | "isActive" | "variables" | "approved"
>;

export function toTemplate(
  known: KnownTemplate,
  usage: TemplateUsage | null,
): z.input<typeof template> {
  const { id, channel, event, locale, version, updatedAt } = known;
  return {
    id,
    channel,
    event,
    locale,
    ...toWords(known),
    version,
    updatedAt: updatedAt?.toISOString() ?? null,
    usage: usage && {
      lastUsedAt: usage.lastUsedAt.toISOString(),
      ended: usage.ended,
      succeeded: usage.succeeded,
    },
  };
}

function toWords({ name, subject, body, isActive, variables, approved }: Words) {
  const byIntegration = Object.entries(approved).map(([id, { contentSid, variables: values }]) => [
    id,
    { contentSid, variables: { ...values } },
  ]);
  return {
    name,
    subject,
    body,
    isActive,
    variables: variables.map((one) => ({ ...one, examples: { ...one.examples } })),
    approved: Object.fromEntries(byIntegration),
  };
}

export function toVersion(row: TemplateVersion): z.input<typeof templateVersion> {
  const { version, savedAt, savedBy } = row;
  return { ...toWords(row), version, savedAt: savedAt.toISOString(), savedBy };
}

/** Variables as a client declares them; null: it declares none. */
export function toVariables(given: TemplateBody["variables"]): Variable[] | null {
  return (
    given?.map(({ examples, ...one }) => {
      const usual = aVariable(one.name, one.type, one.default);
      return { ...usual, examples: examples ?? usual.examples };
    }) ?? null
  );
}

type Refusal =
  | Exclude<CreateTemplateOutcome, { kind: "saved" }>
  | Exclude<UpdateTemplateOutcome, { kind: "saved" }>
  | Exclude<DeleteTemplateOutcome, { kind: "deleted" }>;

export function templateProblem(refusal: Refusal): Problem {
  switch (refusal.kind) {
    case "not_found":
      return notFound();
    case "invalid":
      return inputProblem(refusal.faults);
    case "exists": {
      const detail = `The event has a template of this channel and language: change ${refusal.id}`;
      return { status: 409, code: "template_exists", detail, data: { templateId: refusal.id } };
    }
    case "name_taken": {
      const detail = "Another template of this channel and language has the name";
      return { status: 409, code: refusal.kind, detail };
    }
    case "changed": {
      const { version } = refusal.template;
      const detail = "Somebody has saved it meanwhile: read it again";
      return { status: 409, code: "template_changed", detail, data: { version } };
    }
    case "in_use": {
      const detail = "Messages were written with it: disable it instead";
      return { status: 409, code: "template_in_use", detail };
    }
    case "is_shipped": {
      const detail = "It is as shipped: there is nothing to take away";
      return { status: 409, code: "template_is_shipped", detail };
    }
    default:
      return refusal satisfies never;
  }
}

function inputProblem(faults: readonly InputFault[]): Problem {
  const errors = faults.map(({ path, message }) => ({ path, message }));
  return invalid(errors, faults[0]?.code);
}

/** Values that do not fit, each by its name. */
export function fillingProblem({ faults }: Extract<Worded, { ok: false }>): Problem {
  const errors = faults.map((fault) =>
    "fault" in fault
      ? { path: `variables.${fault.name}`, message: valueFaultMessage(fault.fault) }
      : { path: "variables", message: "message" in fault ? fault.message : fault.name },
  );
  const isMissing = faults.some((fault) => "fault" in fault && fault.fault === "missing");
  return invalid(errors, isMissing ? "template_variable_missing" : "template_variable_invalid");
}
