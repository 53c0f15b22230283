"use client";

import { useTranslations } from "next-intl";
import { chooseWorkspace } from "@/app/(workspace)/actions";
import type { Role } from "@/lib/domain/words";
import { Avatar } from "../ui/avatar";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";
import { toast } from "../ui/toast";
import { useErrorWords } from "./use-error-words";

export type Home = { workspaceId: string; name: string; role: Role };

type Props = { current: { id: string; name: string }; homes: readonly Home[] };

/** Which workspace is on the screen, and the others of this person. */
export function WorkspaceSwitcher({ current, homes }: Props) {
  const t = useTranslations("shell");
  const errors = useErrorWords();
  const choose = async (workspaceId: string) => {
    const result = await chooseWorkspace({ workspaceId });
    if (result.ok) window.location.assign("/");
    else toast.error(errors.about(result));
  };
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={t("workspaceMenu", { name: current.name })}
        className="rounded-md p-1 transition-colors hover:bg-hover data-[state=open]:bg-active"
      >
        <Avatar name={current.name} seed={current.id} size="sm" className="rounded-md" />
      </DropdownMenuTrigger>
      <DropdownMenuContent side="right" align="start">
        <DropdownMenuLabel>{t("workspaces")}</DropdownMenuLabel>
        <DropdownMenuRadioGroup
          value={current.id}
          onValueChange={(id) => {
            if (id !== current.id) void choose(id);
          }}
        >
          {homes.map((home) => (
            <DropdownMenuRadioItem key={home.workspaceId} value={home.workspaceId}>
              <Avatar name={home.name} seed={home.workspaceId} size="xs" className="rounded-sm" />
              <span className="max-w-48 truncate">{home.name}</span>
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
