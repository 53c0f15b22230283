import type { ReactNode } from "react";

type Props = { title: ReactNode; lead?: ReactNode; children?: ReactNode };

/** The one card of a page by which people come in. */
export function AuthCard({ title, lead, children }: Props) {
  return (
    <section className="flex flex-col gap-5 rounded-xl border border-line bg-surface p-6 shadow-sm">
      <header className="flex flex-col gap-1">
        <h1 className="font-semibold text-xl">{title}</h1>
        {lead ? <p className="text-muted text-sm">{lead}</p> : null}
      </header>
      {children}
    </section>
  );
}
