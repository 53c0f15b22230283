import type { ReactNode } from "react";

type Props = { title: ReactNode; lead?: ReactNode; action?: ReactNode };

export function PageTitle({ title, lead, action }: Props) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-3">
      <div className="min-w-0">
        <h1 className="font-semibold text-xl">{title}</h1>
        {lead ? <p className="mt-0.5 max-w-prose text-muted text-sm">{lead}</p> : null}
      </div>
      {action}
    </header>
  );
}
