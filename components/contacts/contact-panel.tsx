"use client";

import { Ban, Check, Copy, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { updateContact } from "@/app/(workspace)/inbox/actions";
import { formatAddress } from "@/lib/domain/format-address";
import type { ConversationDetail } from "@/lib/domain/inbox";
import { ChannelIcon } from "../inbox/channel-icon";
import { useInbox, useInboxSlice } from "../inbox/inbox-context";
import { inboxUrl } from "../inbox/inbox-url";
import { isPlainClick } from "../inbox/plain-click";
import { useTimeWords } from "../inbox/use-time-words";
import { asAnswer } from "../inbox/verbs";
import { useRefusal } from "../thread/use-refusal";
import { Avatar } from "../ui/avatar";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { Skeleton } from "../ui/skeleton";
import { BlockDialog } from "./block-dialog";
import { ConsentPart } from "./consent-part";
import { InlineField } from "./inline-field";
import { LocalTime } from "./local-time";
import { PreferencesLink } from "./preferences-link";
import { ToldPart } from "./told-part";

/** The right pane: who the person is, what they agreed to, and what was said elsewhere. */
export function ContactPanel({ onClose }: { onClose: () => void }) {
  const t = useTranslations("contacts");
  const detail = useInboxSlice((state) =>
    state.selectedId === null ? undefined : state.details[state.selectedId],
  );
  return (
    <aside
      aria-label={t("panel")}
      className="flex h-full min-h-0 flex-col overflow-y-auto bg-surface"
    >
      <div className="flex h-13 shrink-0 items-center justify-between border-line border-b pr-2 pl-4">
        <h2 className="font-semibold text-base">{t("title")}</h2>
        <IconButton label={t("close")} size="sm" className="max-md:size-10" onClick={onClose}>
          <X />
        </IconButton>
      </div>
      {detail ? <Contact key={detail.person.id} detail={detail} /> : <ContactSkeleton />}
    </aside>
  );
}

function Contact({ detail }: { detail: ConversationDetail }) {
  const t = useTranslations("contacts");
  const save = useSave(detail);
  const { person, contact } = detail;
  return (
    <div className="flex flex-col gap-5 p-4">
      <div className="flex items-center gap-3">
        <Avatar name={person.name} seed={person.id} size="lg" />
        <div className="min-w-0 flex-1">
          <InlineField
            label={t("name")}
            value={person.name ?? ""}
            placeholder={t("namePlaceholder")}
            isTitle
            onSave={(name) => save({ name: name || null })}
          />
          {contact.profileName && contact.profileName !== person.name ? (
            <p className="truncate text-subtle text-xs">
              {t("profileName", { name: contact.profileName })}
            </p>
          ) : null}
          <LocalTime timeZone={contact.timeZone} address={person.address} />
        </div>
      </div>
      <div className="flex flex-col gap-1.5">
        <InlineField
          label={t("company")}
          value={contact.company ?? ""}
          placeholder={t("companyPlaceholder")}
          onSave={(company) => save({ company: company || null })}
        />
        <InlineField
          label={t("notes")}
          value={contact.notes ?? ""}
          placeholder={t("notesPlaceholder")}
          isLong
          onSave={(notes) => save({ notes: notes || null })}
        />
      </div>
      <Part title={t("addresses")}>
        <ul className="flex flex-col gap-1">
          {contact.addresses.map((address) => (
            <AddressLine key={`${address.kind}:${address.value}`} address={address} />
          ))}
        </ul>
      </Part>
      <Part title={t("consent.title")}>
        <ConsentPart detail={detail} />
      </Part>
      <Part title={t("told.title")}>
        <ToldPart detail={detail} />
      </Part>
      <Part title={t("previous.title")}>
        <Previous detail={detail} />
      </Part>
      <PreferencesLink personId={person.id} />
      <Blocking detail={detail} />
    </div>
  );
}

function Blocking({ detail }: { detail: ConversationDetail }) {
  const t = useTranslations("contacts");
  const { verbs } = useInbox();
  const [asks, setAsks] = useState(false);
  const { isBlocked } = detail.person;
  return (
    <div>
      <Button
        size="sm"
        variant={isBlocked ? "secondary" : "ghost"}
        className={isBlocked ? "" : "-ml-2.5 hover:text-danger-fg"}
        onClick={() => (isBlocked ? void verbs.block(detail.id, false) : setAsks(true))}
      >
        <Ban aria-hidden />
        {isBlocked ? t("unblock") : t("block")}
      </Button>
      {isBlocked ? <p className="mt-1 text-subtle text-xs">{t("blockHint")}</p> : null}
      <BlockDialog card={detail} open={asks} onOpenChange={setAsks} />
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="text-subtle text-xs">{title}</h3>
      {children}
    </section>
  );
}

type Patch = { name?: string | null; company?: string | null; notes?: string | null };

function useSave(detail: ConversationDetail) {
  const { verbs } = useInbox();
  const refusal = useRefusal();
  return async (patch: Patch): Promise<string | null> => {
    const answer = await asAnswer(() => updateContact({ personId: detail.person.id, ...patch }));
    if (answer.ok) {
      verbs.patchPerson(detail.person.id, answer.data);
      return null;
    }
    return refusal(answer.code, "message" in answer ? (answer.message ?? null) : null);
  };
}

function AddressLine({ address }: { address: { kind: string; value: string } }) {
  const t = useTranslations("contacts");
  const { viewer } = useInbox();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(address.value);
    setCopied(true);
    setTimeout(() => setCopied(false), 1_500);
  };
  return (
    <li className="group flex h-7 items-center gap-2 text-sm">
      <ChannelIcon
        channel={address.kind === "phone" ? "sms" : address.kind === "email" ? "email" : "whatsapp"}
        className="text-subtle"
      />
      <span className="truncate tabular-nums">
        {formatAddress(address.value, viewer.homeCountry)}
      </span>
      <IconButton
        label={isCopied ? t("copied") : t("copy")}
        size="xs"
        className="opacity-0 focus-visible:opacity-100 group-hover:opacity-100 max-md:opacity-100"
        onClick={() => void copy()}
      >
        {isCopied ? <Check className="text-success-fg" /> : <Copy />}
      </IconButton>
    </li>
  );
}

function Previous({ detail }: { detail: ConversationDetail }) {
  const t = useTranslations("contacts.previous");
  const { verbs } = useInbox();
  const time = useTimeWords();
  const { senders, query } = useInboxSlice((state) => ({
    senders: state.senders,
    query: state.query,
  }));
  const others = detail.contact.previousConversations;
  if (others.length === 0) return <p className="text-muted text-sm">{t("none")}</p>;
  return (
    <ul className="-mx-2 flex flex-col">
      {others.map((other) => {
        const sender = senders.find((candidate) => candidate.id === other.integrationId);
        return (
          <li key={other.id}>
            <a
              href={inboxUrl({ query, selectedId: other.id })}
              onClick={(event) => {
                if (!isPlainClick(event)) return;
                event.preventDefault();
                verbs.hide("contact");
                verbs.select(other.id);
              }}
              className="flex h-8 items-center gap-2 rounded-md px-2 text-sm hover:bg-hover max-md:h-10"
            >
              <ChannelIcon channel={sender?.type ?? "sms"} className="text-subtle" />
              <span className="truncate">{sender?.name ?? t("removed")}</span>
              <span className="ml-auto shrink-0 text-subtle text-xs">
                {other.state === "resolved" ? `${t("resolved")} · ` : ""}
                {time.short(other.lastActivityAt)}
              </span>
            </a>
          </li>
        );
      })}
    </ul>
  );
}

function ContactSkeleton() {
  return (
    <div className="flex flex-col gap-4 p-4" aria-hidden>
      <div className="flex items-center gap-3">
        <Skeleton className="size-10 rounded-full" />
        <Skeleton className="h-4 w-32" />
      </div>
      <Skeleton className="h-8 w-full" />
      <Skeleton className="h-8 w-full" />
      <Skeleton className="h-20 w-full" />
    </div>
  );
}
