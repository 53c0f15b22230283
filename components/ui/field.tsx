"use client";

import { CircleAlert } from "lucide-react";
import { cloneElement, type ReactElement, type ReactNode, useId } from "react";
import { cn } from "./cn";
import { Label } from "./label";

type Control = {
  id?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
};

type Props = {
  label: ReactNode;
  /** What to write, said before one gets it wrong. */
  help?: ReactNode;
  /** What is wrong and how to mend it. */
  error?: ReactNode;
  /** Small words beside the label, such as "optional". */
  aside?: ReactNode;
  className?: string;
  /** One control; it gets its id, description and invalid mark from here. */
  children: ReactElement<Control>;
};

/** A control with its label, help and error, tied together for screen readers. */
export function Field({ label, help, error, aside, className, children }: Props) {
  const generated = useId();
  const id = children.props.id ?? generated;
  const described = [help ? `${id}-help` : null, error ? `${id}-error` : null].filter(Boolean);
  return (
    <div className={cn("flex min-w-0 flex-col gap-1.5", className)}>
      <div className="flex items-baseline justify-between gap-2">
        <Label htmlFor={id}>{label}</Label>
        {aside ? <span className="text-subtle text-xs">{aside}</span> : null}
      </div>
      {cloneElement(children, {
        id,
        "aria-describedby": described.join(" ") || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {error ? <FieldError id={`${id}-error`}>{error}</FieldError> : null}
      {help ? (
        <p id={`${id}-help`} className="text-muted text-xs">
          {help}
        </p>
      ) : null}
    </div>
  );
}

export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} role="alert" className="flex items-start gap-1 text-danger-fg text-xs">
      <CircleAlert className="mt-px size-3.5 shrink-0" aria-hidden />
      <span>{children}</span>
    </p>
  );
}
