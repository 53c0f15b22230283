"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { changeEndpoint } from "@/app/(workspace)/settings/webhooks/actions";
import { useSaver } from "../settings/use-saver";
import { Button } from "../ui/button";
import { EndpointFields } from "./endpoint-fields";
import type { EndpointItem } from "./endpoint-list";
import { chosenEvents } from "./event-choice";

export function EndpointForm({ endpoint }: { endpoint: EndpointItem }) {
  const ui = useTranslations("ui");
  const [hasNoEvent, setNoEvent] = useState(false);
  const saver = useSaver(changeEndpoint);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const events = chosenEvents(data);
    setNoEvent(events === null);
    if (!events) return;
    const description = String(data.get("description"));
    void saver.save({ id: endpoint.id, url: String(data.get("url")), description, events });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <EndpointFields {...endpoint} faultOf={saver.faultOf} hasNoEvent={hasNoEvent} />
      <div>
        <Button type="submit" variant="primary" loading={saver.isBusy}>
          {ui("save")}
        </Button>
      </div>
    </form>
  );
}
