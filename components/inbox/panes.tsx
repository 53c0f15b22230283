"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Group, type Layout, Panel, Separator } from "react-resizable-panels";
import { ContactPanel } from "../contacts/contact-panel";
import { ThreadPane } from "../thread/thread-pane";
import { cn } from "../ui/cn";
import { Dialog, DialogContent } from "../ui/dialog";
import { useInbox, useInboxSlice } from "./inbox-context";
import { ListPane } from "./list-pane";
import { keepPanes, type PaneSizes } from "./pane-sizes";

const LIST = "inbox-list";
const THREAD = "inbox-thread";
const CONTACT = "inbox-contact";

/** List, thread and contact side by side; on a phone one at a time, the contact as a sheet. */
export function Panes({ first }: { first: PaneSizes }) {
  const [sizes, setSizes] = useState(first);
  const selectedId = useInboxSlice((state) => state.selectedId);
  const isSheetOpen = useInboxSlice((state) => state.dialog === "contact");
  const change = (next: PaneSizes) => {
    setSizes(next);
    keepPanes(next);
  };
  const toggleContact = () => change({ ...sizes, isContactOpen: !sizes.isContactOpen });
  const remember = (layout: Layout, meta: { isUserInteraction: boolean }) => {
    const width = document.getElementById("inbox-panes")?.clientWidth;
    if (!meta.isUserInteraction || width === undefined) return;
    const inPixels = (share: number | undefined, held: number) =>
      share === undefined ? held : Math.round((share / 100) * width);
    change({
      ...sizes,
      list: inPixels(layout[LIST], sizes.list),
      contact: inPixels(layout[CONTACT], sizes.contact),
    });
  };
  const showsContact = sizes.isContactOpen && selectedId !== null;
  return (
    <Group
      id="inbox-panes"
      orientation="horizontal"
      onLayoutChanged={remember}
      className={cn(
        "h-full min-h-0",
        selectedId === null
          ? "max-md:[&>#inbox-list]:flex-[1_1_100%]! max-md:[&>#inbox-thread]:hidden!"
          : "max-md:[&>#inbox-list]:hidden! max-md:[&>#inbox-thread]:flex-[1_1_100%]!",
        "max-lg:[&>#inbox-contact]:hidden! max-lg:[&>#inbox-contact-edge]:hidden! max-md:[&>#inbox-list-edge]:hidden!",
      )}
    >
      <Panel
        id={LIST}
        defaultSize={sizes.list}
        minSize={280}
        maxSize={520}
        groupResizeBehavior="preserve-pixel-size"
      >
        <ListPane />
      </Panel>
      <Edge id="inbox-list-edge" name="list" />
      <Panel id={THREAD} minSize={320}>
        <ThreadPane isContactShown={showsContact} onToggleContact={toggleContact} />
      </Panel>
      {showsContact ? (
        <>
          <Edge id="inbox-contact-edge" name="contact" />
          <Panel
            id={CONTACT}
            defaultSize={sizes.contact}
            minSize={240}
            maxSize={440}
            groupResizeBehavior="preserve-pixel-size"
          >
            <ContactPanel onClose={toggleContact} />
          </Panel>
        </>
      ) : null}
      <ContactSheet isOpen={isSheetOpen} />
    </Group>
  );
}

function Edge({ id, name }: { id: string; name: "list" | "contact" }) {
  const t = useTranslations("inbox.panes");
  return (
    <Separator
      id={id}
      aria-label={t(name)}
      className="w-px bg-line outline-offset-0 transition-colors data-[separator=active]:bg-accent data-[separator=hover]:bg-strong"
    />
  );
}

function ContactSheet({ isOpen }: { isOpen: boolean }) {
  const t = useTranslations("contacts");
  const { verbs } = useInbox();
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => (open ? verbs.show("contact") : verbs.hide("contact"))}
    >
      <DialogContent
        title={t("title")}
        hideTitle
        className="inset-y-0 right-0 left-auto h-dvh max-h-none w-full max-w-sm translate-x-0 translate-y-0 overflow-hidden rounded-none"
      >
        <ContactPanel onClose={() => verbs.hide("contact")} />
      </DialogContent>
    </Dialog>
  );
}
