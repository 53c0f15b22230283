"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState } from "react";
import { sendTemplate } from "@/app/(workspace)/inbox/actions";
import { fillTemplate } from "@/lib/domain/whatsapp-template";
import { useInbox } from "../inbox/inbox-context";
import { type OfferedTemplate, readTemplates } from "../inbox/inbox-data";
import { asAnswer } from "../inbox/verbs";
import { useErrorWords } from "../shell/use-error-words";
import { Button } from "../ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { toast } from "../ui/toast";
import { TemplateList } from "./template-list";

type Props = { id: string; isOpen: boolean; onClose: () => void };

/** Outside WhatsApp's 24 h: choose an approved text, fill its places, see what the person will read. */
export function TemplateDialog({ id, isOpen, onClose }: Props) {
  const t = useTranslations("composer.templates");
  const [chosen, setChosen] = useState<OfferedTemplate | null>(null);
  const close = () => {
    setChosen(null);
    onClose();
  };
  return (
    <Dialog open={isOpen} onOpenChange={(open) => (open ? null : close())}>
      <DialogContent title={chosen ? chosen.name : t("title")} width="md">
        {chosen ? (
          <FillTemplate id={id} template={chosen} onBack={() => setChosen(null)} onSent={close} />
        ) : (
          <DialogBody>
            <Offered id={id} onChoose={setChosen} />
          </DialogBody>
        )}
      </DialogContent>
    </Dialog>
  );
}

function Offered({ id, onChoose }: { id: string; onChoose: (template: OfferedTemplate) => void }) {
  const t = useTranslations("composer.templates");
  const [templates, setTemplates] = useState<readonly OfferedTemplate[] | "failed" | null>(null);
  useEffect(() => {
    let isLeft = false;
    void readTemplates(id).then((answer) => {
      if (!isLeft) setTemplates(answer.ok ? answer.data.templates : "failed");
    });
    return () => {
      isLeft = true;
    };
  }, [id]);
  if (templates === "failed") return <p className="text-danger-fg text-sm">{t("failed")}</p>;
  return <TemplateList templates={templates} onChoose={onChoose} />;
}

type FillProps = {
  id: string;
  template: OfferedTemplate;
  onBack: () => void;
  onSent: () => void;
};

function FillTemplate({ id, template, onBack, onSent }: FillProps) {
  const t = useTranslations("composer.templates");
  const ui = useTranslations("ui");
  const errors = useErrorWords();
  const { verbs } = useInbox();
  const [values, setValues] = useState<Record<string, string>>({});
  const [isBusy, setBusy] = useState(false);
  // Sent again after a time-out it is the same message.
  const [clientId] = useState(() => crypto.randomUUID());
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const { contentSid } = template;
    const answer = await asAnswer(() =>
      sendTemplate({ conversationId: id, contentSid, variables: values, clientId }),
    );
    setBusy(false);
    if (!answer.ok) return void toast.error(errors.about(answer));
    void verbs.loadConversation(id);
    onSent();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <DialogBody>
        <p
          aria-label={t("preview")}
          role="status"
          className="ml-auto max-w-[85%] whitespace-pre-wrap rounded-2xl bg-accent-soft px-3 py-2 text-base [overflow-wrap:anywhere]"
        >
          {fillTemplate(template.body, filledOf(template, values))}
        </p>
        {template.variables.map(({ name, sample }) => (
          <Field key={name} label={t("variable", { name })}>
            <Input
              value={values[name] ?? ""}
              placeholder={sample}
              required
              maxLength={500}
              onChange={(event) => setValues((held) => ({ ...held, [name]: event.target.value }))}
            />
          </Field>
        ))}
      </DialogBody>
      <DialogFooter>
        <Button type="button" onClick={onBack}>
          {ui("back")}
        </Button>
        <Button type="submit" variant="primary" loading={isBusy}>
          {t("send")}
        </Button>
      </DialogFooter>
    </form>
  );
}

/** A place that is still empty shows its name, so that nobody takes a sample for what is sent. */
function filledOf({ variables }: OfferedTemplate, values: Record<string, string>) {
  return Object.fromEntries(variables.map(({ name }) => [name, values[name] || `{{${name}}}`]));
}
