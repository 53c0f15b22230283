"use client";

import { Languages, LogOut, MonitorSmartphone, SunMoon, UserRound } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { signOut } from "next-auth/react";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { saveProfile, signOutOfEverything } from "@/app/(workspace)/actions";
import { LOCALES, type Locale, THEMES, type Theme } from "@/lib/domain/words";
import { Avatar } from "../ui/avatar";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuSub,
  DropdownMenuSubContent,
  DropdownMenuSubTrigger,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";
import { toast } from "../ui/toast";
import { useErrorWords } from "./use-error-words";

type Props = { user: { id: string; name: string; email: string; locale: Locale; theme: Theme } };

/** Who is signed in, and what is theirs to choose: language, theme, leaving. */
export function UserMenu({ user }: Props) {
  const t = useTranslations("shell");
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={t("userMenu", { name: user.name })}
        className="rounded-full p-1 transition-colors hover:bg-hover data-[state=open]:bg-active"
      >
        <Avatar name={user.name} seed={user.id} size="sm" />
      </DropdownMenuTrigger>
      <DropdownMenuContent side="right" align="end" className="w-56">
        <DropdownMenuLabel className="flex flex-col">
          <span className="truncate font-medium text-fg text-sm">{user.name}</span>
          <span className="truncate">{user.email}</span>
        </DropdownMenuLabel>
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <Link href="/settings/profile">
            <UserRound />
            {t("profile")}
          </Link>
        </DropdownMenuItem>
        <Choices user={user} />
        <DropdownMenuSeparator />
        <Leaving />
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function Choices({ user }: Props) {
  const t = useTranslations("shell");
  const errors = useErrorWords();
  const router = useRouter();
  const { setTheme } = useTheme();
  const save = async (changes: { locale?: Locale; theme?: Theme }) => {
    if (changes.theme) setTheme(changes.theme);
    const result = await saveProfile(changes);
    if (result.ok) router.refresh();
    else toast.error(errors.about(result));
  };
  return (
    <>
      <DropdownMenuSub>
        <DropdownMenuSubTrigger>
          <Languages />
          {t("language")}
        </DropdownMenuSubTrigger>
        <DropdownMenuSubContent>
          <DropdownMenuRadioGroup value={user.locale}>
            {LOCALES.map((locale) => (
              <DropdownMenuRadioItem
                key={locale}
                value={locale}
                onSelect={() => void save({ locale })}
              >
                {t(`locales.${locale}`)}
              </DropdownMenuRadioItem>
            ))}
          </DropdownMenuRadioGroup>
        </DropdownMenuSubContent>
      </DropdownMenuSub>
      <DropdownMenuSub>
        <DropdownMenuSubTrigger>
          <SunMoon />
          {t("theme")}
        </DropdownMenuSubTrigger>
        <DropdownMenuSubContent>
          <DropdownMenuRadioGroup value={user.theme}>
            {THEMES.map((theme) => (
              <DropdownMenuRadioItem
                key={theme}
                value={theme}
                onSelect={() => void save({ theme })}
              >
                {t(`themes.${theme}`)}
              </DropdownMenuRadioItem>
            ))}
          </DropdownMenuRadioGroup>
        </DropdownMenuSubContent>
      </DropdownMenuSub>
    </>
  );
}

function Leaving() {
  const t = useTranslations("shell");
  const errors = useErrorWords();
  const leaveEverywhere = async () => {
    const result = await signOutOfEverything({});
    if (result.ok) window.location.assign("/login");
    else toast.error(errors.about(result));
  };
  return (
    <>
      <DropdownMenuItem onSelect={() => void signOut({ callbackUrl: "/login" })}>
        <LogOut />
        {t("signOut")}
      </DropdownMenuItem>
      <DropdownMenuItem onSelect={() => void leaveEverywhere()}>
        <MonitorSmartphone />
        {t("signOutEverywhere")}
      </DropdownMenuItem>
    </>
  );
}
