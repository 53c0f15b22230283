"use client";

import { KeyRound } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { endApiKey } from "@/app/(workspace)/settings/api-keys/actions";
import type { ApiScope, Role } from "@/lib/domain/words";
import { AlertDialog } from "../ui/alert-dialog";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { useSaver } from "./use-saver";

export type ApiKeyItem = {
  id: string;
  name: string;
  role: Role;
  scopes: ApiScope[] | null;
  prefix: string;
  createdAt: Date;
  lastUsedAt: Date | null;
};

export function ApiKeyList({ keys }: { keys: readonly ApiKeyItem[] }) {
  const t = useTranslations("settings.apiKeys");
  if (keys.length === 0) {
    return (
      <EmptyState icon={KeyRound} title={t("empty")}>
        {t("emptyLead")}
      </EmptyState>
    );
  }
  return (
    <ul className="divide-y divide-line">
      {keys.map((key) => (
        <ApiKeyRow key={key.id} item={key} />
      ))}
    </ul>
  );
}

function ApiKeyRow({ item }: { item: ApiKeyItem }) {
  const t = useTranslations("settings.apiKeys");
  const roles = useTranslations("shell.roles");
  const format = useFormatter();
  const saver = useSaver(endApiKey, { done: t("revoked") });
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5">
      <span className="min-w-0 flex-1 basis-52">
        <span className="flex items-center gap-2">
          <span className="truncate font-medium text-sm">{item.name}</span>
          <Badge>{roles(item.role)}</Badge>
        </span>
        <span className="block text-muted text-xs">
          <code className="font-mono">{item.prefix}…</code> ·{" "}
          {item.lastUsedAt
            ? t("lastUsed", { at: format.dateTime(item.lastUsedAt, "moment") })
            : t("neverUsed")}
        </span>
        {item.scopes ? (
          <span className="block text-muted text-xs">{item.scopes.join(" · ")}</span>
        ) : null}
      </span>
      <AlertDialog
        trigger={
          <Button size="sm" variant="dangerGhost" loading={saver.isBusy}>
            {t("revoke")}
          </Button>
        }
        title={t("revokeTitle", { name: item.name })}
        confirmLabel={t("revoke")}
        onConfirm={async () => void (await saver.save({ id: item.id }))}
      >
        {t("revokeLead")}
      </AlertDialog>
    </li>
  );
}
