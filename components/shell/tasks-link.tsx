"use client";

import { ListTodo } from "lucide-react";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { z } from "zod";
import { NavLink } from "./nav-link";

const answer = z.object({ count: z.int() });
const LOOK_EVERY_MS = 60_000;

/** What there is to do, with its number: asked again on each page, and now and then while it is seen. */
export function TasksLink({ count: first }: { count: number }) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const [count, setCount] = useState(first);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is the reason to ask again
  useEffect(() => {
    const left = new AbortController();
    const look = async () => {
      if (document.hidden) return;
      const known = await readCount(left.signal);
      if (known !== null && !left.signal.aborted) setCount(known);
    };
    void look();
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    return () => {
      left.abort();
      clearInterval(timer);
    };
  }, [pathname]);
  return <NavLink href="/tasks" label={t("tasks")} icon={ListTodo} count={count} />;
}

/** null: the server does not answer; the number stays what it was. */
async function readCount(signal: AbortSignal): Promise<number | null> {
  try {
    const response = await fetch("/tasks/count", { signal });
    return response.ok ? answer.parse(await response.json()).count : null;
  } catch {
    return null;
  }
}
