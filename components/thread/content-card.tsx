"use client";

import { CircleHelp, List, MapPin, MousePointerClick, UserRound } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ThreadMessage } from "@/lib/domain/inbox";

/** What a message holds beside text and files: a place, a contact, a pressed button, or what we do not know. */
export function ContentCard({ message }: { message: ThreadMessage }) {
  const content = message.content ?? {};
  switch (message.kind) {
    case "location":
      return <Place content={content} />;
    case "contacts":
      return <Contacts content={content} />;
    case "button":
    case "list":
      return <Choice kind={message.kind} content={content} />;
    case "unknown":
      return <Unknown content={content} />;
    default:
      return null;
  }
}

type Content = Record<string, unknown>;

function Frame(props: { icon: ReactNode; title: ReactNode; children?: ReactNode }) {
  return (
    <div className="flex min-w-48 items-start gap-2.5 rounded-md border border-line bg-surface px-3 py-2 text-sm [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted">
      {props.icon}
      <div className="min-w-0 flex-1">
        <p className="font-medium text-fg">{props.title}</p>
        {props.children}
      </div>
    </div>
  );
}

function Place({ content }: { content: Content }) {
  const t = useTranslations("thread.content");
  const [lat, lon] = [Number(content.latitude), Number(content.longitude)];
  const words = [text(content.label), text(content.address)].filter(Boolean);
  return (
    <Frame icon={<MapPin aria-hidden />} title={words[0] ?? t("location")}>
      {words[1] ? <p className="text-muted">{words[1]}</p> : null}
      <a
        className="text-accent-fg underline-offset-2 hover:underline"
        href={`https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=16/${lat}/${lon}`}
        target="_blank"
        rel="noreferrer noopener"
      >
        {t("map", { place: `${lat.toFixed(5)}, ${lon.toFixed(5)}` })}
      </a>
    </Frame>
  );
}

function Contacts({ content }: { content: Content }) {
  const t = useTranslations("thread.content");
  return (
    <Frame icon={<UserRound aria-hidden />} title={t("contacts")}>
      {text(content.raw) ? (
        <p className="line-clamp-4 whitespace-pre-wrap text-muted [overflow-wrap:anywhere]">
          {text(content.raw)}
        </p>
      ) : null}
    </Frame>
  );
}

function Choice({ kind, content }: { kind: "button" | "list"; content: Content }) {
  const t = useTranslations("thread.content");
  const title = text(kind === "button" ? content.text : content.title);
  return (
    <Frame
      icon={kind === "button" ? <MousePointerClick aria-hidden /> : <List aria-hidden />}
      title={title ?? t(kind)}
    >
      <p className="text-muted">{text(content.description) ?? t(`${kind}Hint`)}</p>
    </Frame>
  );
}

function Unknown({ content }: { content: Content }) {
  const t = useTranslations("thread.content");
  const fields = content.fields;
  const rows = typeof fields === "object" && fields !== null ? Object.entries(fields) : [];
  return (
    <Frame
      icon={<CircleHelp aria-hidden />}
      title={t("unknown", { type: text(content.messageType) ?? "?" })}
    >
      <p className="text-muted">{t("unknownHint")}</p>
      {rows.length > 0 ? (
        <details className="mt-1">
          <summary className="text-muted text-xs">{t("fields", { count: rows.length })}</summary>
          <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-2 text-xs">
            {rows.map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="text-subtle">{name}</dt>
                <dd className="[overflow-wrap:anywhere]">{String(value)}</dd>
              </div>
            ))}
          </dl>
        </details>
      ) : null}
    </Frame>
  );
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
