"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import { NewConversationDialog } from "../composer/new-conversation-dialog";
import { toast } from "../ui/toast";
import { HelpDialog } from "./help-dialog";
import { InboxProvider, NowProvider, useInbox } from "./inbox-context";
import { firstState, type InboxSeed } from "./inbox-state";
import { placeFromUrl } from "./inbox-url";
import { openLive } from "./live-stream";
import type { PaneSizes } from "./pane-sizes";
import { Panes } from "./panes";
import { personName } from "./person-name";
import { createInboxStore } from "./store";
import { useShortcuts } from "./use-shortcuts";
import { useTitle } from "./use-title";
import { createInboxVerbs, type Notice } from "./verbs";

/** The inbox: drawn from what the server read, kept alive by the stream from then on. */
export function InboxScreen(props: { seed: InboxSeed; now: string; panes: PaneSizes }) {
  const { seed } = props;
  const tell = useTell(seed.viewer.homeCountry);
  const [store] = useState(() => createInboxStore(firstState(seed)));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words of one page stay the same
  const verbs = useMemo(() => createInboxVerbs(store, tell), [store]);
  const value = useMemo(() => ({ store, verbs, viewer: seed.viewer }), [store, verbs, seed.viewer]);
  return (
    <InboxProvider value={value}>
      <NowProvider first={props.now}>
        <Panes first={props.panes} />
        <NewConversationDialog />
        <HelpDialog />
        <Following />
      </NowProvider>
    </InboxProvider>
  );
}

/** What the screen listens to: the stream, the URL, the keys. Draws nothing. */
function Following() {
  const { store, verbs, viewer } = useInbox();
  const [pathname, search] = [usePathname(), useSearchParams()];
  useShortcuts();
  useEffect(() => verbs.loadDrafts(), [verbs]);
  useTitle();
  // The router tells late and in steps; the address bar is where we are.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the two only say that the URL changed
  useEffect(() => {
    if (window.location.pathname.startsWith("/inbox")) verbs.follow(placeFromUrl(window.location));
  }, [pathname, search, verbs]);
  useEffect(() => {
    return openLive({
      scope: `${viewer.workspaceId}:${viewer.id}`,
      onEvent: verbs.takeEvent,
      onConnection: (connection) => {
        store.update((state) => ({ ...state, connection }));
        // A stream that is refused says not why: a read does, when the session has ended.
        if (connection === "lost") void verbs.loadSums();
      },
    });
  }, [store, verbs, viewer.workspaceId, viewer.id]);
  return null;
}

function useTell(homeCountry: string): (notice: Notice) => void {
  const t = useTranslations("inbox.notices");
  return (notice) => {
    switch (notice.type) {
      case "resolved":
        toast(t("resolved", { name: personName(notice, homeCountry) }), {
          action: { label: t("undo"), onClick: notice.undo },
        });
        return;
      case "failed":
        toast.error(t.has(`codes.${notice.code}`) ? t(`codes.${notice.code}`) : t("failed"));
        return;
      default:
        notice satisfies never;
    }
  };
}
