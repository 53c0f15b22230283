"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { addEndpoint } from "@/app/(workspace)/settings/webhooks/actions";
import { useSaver } from "../settings/use-saver";
import { Button } from "../ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogTrigger } from "../ui/dialog";
import { EndpointFields } from "./endpoint-fields";
import { chosenEvents } from "./event-choice";
import { ShownSecret } from "./shown-secret";

type Made = { id: string; secret: string };

/** Adds an endpoint and shows its secret, once. */
export function NewEndpoint() {
  const t = useTranslations("settings.webhooks");
  const ui = useTranslations("ui");
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const change = (open: boolean) => {
    setOpen(open);
    if (open || !made) return;
    setMade(null);
    router.push(`/settings/webhooks/${made.id}`);
  };
  return (
    <Dialog open={isOpen} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus />
          {t("new")}
        </Button>
      </DialogTrigger>
      <DialogContent title={t("new")}>
        {made ? (
          <>
            <DialogBody>
              <ShownSecret secret={made.secret} />
            </DialogBody>
            <DialogFooter>
              <Button variant="primary" onClick={() => change(false)}>
                {ui("continue")}
              </Button>
            </DialogFooter>
          </>
        ) : (
          <NewEndpointForm onMade={setMade} />
        )}
      </DialogContent>
    </Dialog>
  );
}

function NewEndpointForm({ onMade }: { onMade: (made: Made) => void }) {
  const t = useTranslations("settings.webhooks");
  const [hasNoEvent, setNoEvent] = useState(false);
  const saver = useSaver(addEndpoint, { done: null, onDone: onMade });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const events = chosenEvents(data);
    setNoEvent(events === null);
    if (!events) return;
    const description = String(data.get("description"));
    void saver.save({ url: String(data.get("url")), description, events });
  };
  return (
    <form onSubmit={submit} className="flex min-h-0 flex-col">
      <DialogBody>
        <EndpointFields
          url=""
          description=""
          events={[]}
          faultOf={saver.faultOf}
          hasNoEvent={hasNoEvent}
        />
      </DialogBody>
      <DialogFooter>
        <Button type="submit" variant="primary" loading={saver.isBusy}>
          {t("create")}
        </Button>
      </DialogFooter>
    </form>
  );
}
