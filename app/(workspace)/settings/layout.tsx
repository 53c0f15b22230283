import type { ReactNode } from "react";
import { SettingsNav } from "@/components/settings/settings-nav";
import { requireViewer } from "@/lib/auth/viewer";

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const viewer = await requireViewer();
  return (
    <div className="flex min-h-0 flex-1 flex-col md:flex-row">
      <SettingsNav role={viewer.role} />
      <div className="relative min-h-0 min-w-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-4xl flex-col gap-5 px-3 py-5 sm:px-6 sm:py-8">
          {children}
        </div>
      </div>
    </div>
  );
}
