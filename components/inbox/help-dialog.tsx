"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Dialog, DialogBody, DialogContent } from "../ui/dialog";
import { Kbd } from "../ui/kbd";
import { useInbox, useInboxSlice } from "./inbox-context";

const KEYS = [
  ["next", ["j"]],
  ["previous", ["k"]],
  ["reply", ["r"]],
  ["resolve", ["e"]],
  ["assign", ["a"]],
  ["unread", ["u"]],
  ["compose", ["c"]],
  ["search", ["/"]],
  ["send", ["mod", "Enter"]],
  ["leave", ["Esc"]],
  ["help", ["?"]],
] as const;

/** The keys of the inbox, shown by `?`. */
export function HelpDialog() {
  const t = useTranslations("inbox.keys");
  const { verbs } = useInbox();
  const isOpen = useInboxSlice((state) => state.dialog === "help");
  const mod = useModKey();
  return (
    <Dialog open={isOpen} onOpenChange={(open) => (open ? verbs.show("help") : verbs.hide("help"))}>
      <DialogContent title={t("title")} description={t("hint")} width="sm">
        <DialogBody className="pb-5">
          <dl className="flex flex-col">
            {KEYS.map(([name, keys]) => (
              <div
                key={name}
                className="flex h-9 items-center justify-between border-line border-b last:border-b-0"
              >
                <dt className="text-sm">{t(name)}</dt>
                <dd className="flex gap-1">
                  {keys.map((key) => (
                    <Kbd key={key}>{key === "mod" ? mod : key === "Enter" ? "↵" : key}</Kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}

function useModKey(): string {
  const [mod, setMod] = useState("Ctrl");
  useEffect(() => {
    if (/mac|iphone|ipad/iu.test(navigator.platform)) setMod("⌘");
  }, []);
  return mod;
}
