"use client";

import { ArrowLeft } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { addTemplate, removeTemplate, saveTemplate } from "@/app/(workspace)/templates/actions";
import { CUSTOM_EVENT } from "@/lib/domain/templates/template";
import { PageTitle } from "../settings/page-title";
import { Section } from "../settings/section";
import { useSaver } from "../settings/use-saver";
import { AlertDialog } from "../ui/alert-dialog";
import { Banner } from "../ui/banner";
import { Button } from "../ui/button";
import { Choice, ChoiceItem } from "../ui/choice";
import { Skeleton } from "../ui/skeleton";
import { ApprovedForm, type ApprovedSender } from "./approved-form";
import { DraftFields, type OwnType } from "./draft-fields";
import { type Sample, sampleData } from "./samples";
import { copyOf, TestSend } from "./test-send";
import { type Draft, useDraft } from "./use-draft";
import { type ShownVersion, VersionList } from "./version-list";

/** Drawn in the browser alone: the server may write a date with another sign. */
const TemplatePreview = dynamic(
  () => import("./template-preview").then((module) => module.TemplatePreview),
  { ssr: false, loading: () => <Skeleton className="h-96 w-full" /> },
);

type Props = {
  /** null: it is new. */
  id: string | null;
  version: number;
  template: Draft;
  /** What filled it when it was last sent; null: it never was. */
  lastData: Readonly<Record<string, unknown>> | null;
  versions: readonly ShownVersion[];
  surroundings: {
    approvedTexts: readonly ApprovedSender[];
    brand: string;
    zone: string;
    own: { phone: string; email: string };
    ownTypes: readonly OwnType[];
  };
};

/** One template: its words beside what their reader sees. */
export function TemplateEditor(props: Props) {
  const { id, version, template, lastData, versions, surroundings } = props;
  const t = useTranslations("templates");
  const editor = useDraft(template);
  const { draft, words, faults } = editor;
  const [sample, setSample] = useState<Sample>(lastData === null ? "short" : "last");
  const { approvedTexts, brand, zone, own, ownTypes } = surroundings;
  return (
    <div className="relative min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-6xl flex-col gap-5 px-3 py-5 sm:px-6 sm:py-8">
        <Link href="/templates" className="flex w-fit items-center gap-1 text-muted text-sm">
          <ArrowLeft className="size-4" aria-hidden />
          {t("title")}
        </Link>
        <PageTitle
          title={template.name || t("new")}
          lead={`${t(`channels.${draft.channel}`)} · ${t(`languages.${draft.locale}`)} · ${draft.event === CUSTOM_EVENT ? t("custom") : draft.event}`}
          action={id === null || version === 0 ? null : <RemoveButton id={id} />}
        />
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
          <div className="flex min-w-0 flex-col gap-5">
            <Section title={t("words")}>
              <DraftFields editor={editor} isNew={id === null} ownTypes={ownTypes} />
              <SaveRow id={id} version={version} editor={editor} />
            </Section>
            {draft.channel === "whatsapp" ? (
              <Section title={t("approved.title")} lead={t("approved.lead")}>
                <ApprovedForm
                  senders={approvedTexts}
                  approved={draft.approved}
                  isFaulty={(path) => faults.some((fault) => fault.path === path)}
                  onChange={(approved) => editor.change({ approved })}
                />
              </Section>
            ) : null}
            <Section title={t("test.title")} lead={t("test.lead")}>
              <TestSend
                key={draft.channel}
                id={id}
                draft={draft}
                values={sampleData(words.variables, sample, lastData)}
                own={own}
                isFaulty={faults.length > 0}
              />
            </Section>
            {id === null || version === 0 ? null : (
              <Section title={t("versions.title")} lead={t("versions.lead")}>
                <VersionList id={id} version={version} versions={versions} />
              </Section>
            )}
          </div>
          <div className="flex min-w-0 flex-col gap-3 lg:sticky lg:top-0">
            <Choice label={t("samples.label")} value={sample} onChoose={setSample}>
              <ChoiceItem
                value="last"
                disabled={lastData === null}
                title={lastData === null ? t("samples.never") : undefined}
              >
                {t("samples.last")}
              </ChoiceItem>
              <ChoiceItem value="short">{t("samples.short")}</ChoiceItem>
              <ChoiceItem value="long">{t("samples.long")}</ChoiceItem>
            </Choice>
            <TemplatePreview
              words={words}
              sample={sample}
              lastData={lastData}
              brand={brand}
              zone={zone}
            />
          </div>
        </div>
      </div>
    </div>
  );
}

type SaveProps = { id: string | null; version: number; editor: ReturnType<typeof useDraft> };

function SaveRow({ id, version, editor }: SaveProps) {
  const t = useTranslations("templates");
  const router = useRouter();
  /** The version under which ours is stored: a later one where we were told of it. */
  const seen = useRef(version);
  const adder = useSaver(addTemplate, {
    onDone: (saved) => router.push(`/templates/${saved.id}`),
  });
  const saver = useSaver(saveTemplate, { isToldInForm: true });
  const save = async () => {
    const { event, channel, locale, approved, variables, ...rest } = editor.draft;
    const own = event === CUSTOM_EVENT ? copyOf(variables) : null;
    const draft = { ...rest, variables: own, approved: copyOf(approved) };
    if (id === null) await adder.save({ ...draft, event, channel, locale });
    else await saver.save({ ...draft, id, seenVersion: seen.current });
  };
  const { refusalData } = saver;
  const theirs = typeof refusalData === "number" ? refusalData : null;
  const fault = saver.faultOf("name") ?? adder.faultOf("name");
  return (
    <div className="flex flex-col gap-3">
      {fault ? <Banner tone="danger">{fault}</Banner> : null}
      {saver.refusal ? (
        <Banner
          tone="danger"
          action={
            theirs === null ? null : (
              <span className="flex flex-wrap gap-2">
                <Button size="sm" onClick={() => router.refresh()}>
                  {t("showTheirs")}
                </Button>
                <Button
                  size="sm"
                  variant="danger"
                  onClick={() => {
                    seen.current = theirs;
                    void save();
                  }}
                >
                  {t("saveOver")}
                </Button>
              </span>
            )
          }
        >
          {saver.refusal}
        </Banner>
      ) : null}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          variant="primary"
          loading={saver.isBusy || adder.isBusy}
          disabled={
            editor.faults.length > 0 || editor.draft.name.trim() === "" || !editor.isChanged
          }
          onClick={() => void save()}
        >
          {t("save")}
        </Button>
        {version === 0 && id !== null ? (
          <span className="text-muted text-sm">{t("asShipped")}</span>
        ) : null}
      </div>
    </div>
  );
}

function RemoveButton({ id }: { id: string }) {
  const t = useTranslations("templates");
  const router = useRouter();
  const saver = useSaver(removeTemplate, {
    done: t("removed"),
    onDone: () => router.push("/templates"),
  });
  return (
    <AlertDialog
      trigger={<Button variant="dangerGhost">{t("remove")}</Button>}
      title={t("removeTitle")}
      confirmLabel={t("remove")}
      onConfirm={async () => {
        await saver.save({ id });
      }}
    >
      {t("removeLead")}
    </AlertDialog>
  );
}
