"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { saveVariables } from "@/app/(workspace)/settings/notification-types/actions";
import { canonicalJson } from "@/lib/domain/canonical-json";
import { USUAL_VARIABLES } from "@/lib/domain/notification-types/shared-variables";
import type { Variable } from "@/lib/domain/templates/variables";
import { OwnVariables } from "../templates/own-variables";
import { Button } from "../ui/button";
import { FieldError } from "../ui/field";
import { useSaver } from "./use-saver";

type Props = { typeKey: string; variables: readonly Variable[] };

const PARTS = ["name", "default", "examples.short", "examples.long"];

/** What the events of a type of the workspace's own bring, and what stands in where they do not. */
export function TypeVariables({ typeKey, variables: saved }: Props) {
  const t = useTranslations("notificationTypes.variables");
  const ui = useTranslations("ui");
  const [variables, setVariables] = useState(saved);
  const { save, faultOf, isBusy } = useSaver(saveVariables);
  const known = new Set(variables.map(({ name }) => name));
  const faults = variables.flatMap(({ name }, nth) =>
    PARTS.flatMap((part) => {
      const fault = faultOf(`variables.${nth}.${part}`);
      return fault ? [`${name}: ${fault}`] : [];
    }),
  );
  return (
    <div className="flex flex-col gap-4">
      <OwnVariables
        variables={variables}
        unknown={[]}
        offered={USUAL_VARIABLES.filter(({ name }) => !known.has(name))}
        onChange={(changed) =>
          setVariables(changed.map((one) => ({ ...one, name: one.name.toLowerCase() })))
        }
      />
      <p className="text-muted text-xs">{t("usual")}</p>
      {[faultOf("variables"), ...faults].map((fault) =>
        fault ? <FieldError key={fault}>{fault}</FieldError> : null,
      )}
      <Button
        variant="primary"
        className="self-start"
        loading={isBusy}
        disabled={canonicalJson(variables) === canonicalJson(saved)}
        onClick={() => void save({ key: typeKey, variables: variables.map((one) => ({ ...one })) })}
      >
        {ui("save")}
      </Button>
    </div>
  );
}
