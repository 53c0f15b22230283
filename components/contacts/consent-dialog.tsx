"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { recordConsent } from "@/app/(workspace)/inbox/actions";
import type { ConversationDetail } from "@/lib/domain/inbox";
import { CONSENT_STATES, type ConsentState } from "@/lib/domain/words";
import { useInbox } from "../inbox/inbox-context";
import { personName } from "../inbox/person-name";
import { asAnswer } from "../inbox/verbs";
import { useErrorWords } from "../shell/use-error-words";
import { Banner } from "../ui/banner";
import { Button } from "../ui/button";
import { Choice, ChoiceItem } from "../ui/choice";
import { cn } from "../ui/cn";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "../ui/dialog";
import { Field } from "../ui/field";
import { controlStyle } from "../ui/input";
import { toast } from "../ui/toast";

type Props = { detail: ConversationDetail; isOpen: boolean; onClose: () => void };

/** What the person said by another way, with how they said it: it counts at once. */
export function ConsentDialog({ detail, isOpen, onClose }: Props) {
  const t = useTranslations("contacts.consent");
  const ui = useTranslations("ui");
  const errors = useErrorWords();
  const { viewer } = useInbox();
  const [state, setState] = useState<ConsentState>(detail.isOptedOut ? "opted_in" : "opted_out");
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const words = String(new FormData(event.currentTarget).get("words"));
    const { person, integrationId } = detail;
    setBusy(true);
    const answer = await asAnswer(() =>
      recordConsent({ personId: person.id, integrationId, state, words }),
    );
    setBusy(false);
    if (!answer.ok) return void toast.error(errors.about(answer));
    toast.success(t("recorded"));
    onClose();
  };
  return (
    <Dialog open={isOpen} onOpenChange={(open) => (open ? null : onClose())}>
      <DialogContent
        title={t("recordTitle", { name: personName(detail.person, viewer.homeCountry) })}
        width="sm"
      >
        <form onSubmit={(event) => void submit(event)}>
          <DialogBody>
            <Choice label={t("state")} value={state} onChoose={setState}>
              {CONSENT_STATES.map((one) => (
                <ChoiceItem key={one} value={one}>
                  {t(`states.${one}`)}
                </ChoiceItem>
              ))}
            </Choice>
            <Field label={t("words")} help={t("wordsHelp")}>
              <textarea
                name="words"
                rows={3}
                maxLength={1000}
                required
                className={cn(controlStyle, "py-1.5")}
              />
            </Field>
            {state === "opted_in" && detail.isOptedOut ? (
              <Banner tone="info">{t("providerBlocks")}</Banner>
            ) : null}
          </DialogBody>
          <DialogFooter>
            <Button type="submit" variant="primary" loading={isBusy}>
              {ui("save")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
