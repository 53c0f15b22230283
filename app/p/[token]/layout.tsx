import type { ReactNode } from "react";
import { LanguageSwitch } from "@/components/auth/language-switch";
import { Logo } from "@/components/shell/logo";

export default function LinkedLayout({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-3xl flex-col gap-5 px-3 py-6 sm:px-6">
      <p className="flex items-center gap-2.5 font-semibold text-lg">
        <Logo /> Carillon
      </p>
      {children}
      <LanguageSwitch />
    </main>
  );
}
