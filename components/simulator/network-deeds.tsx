"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { refuseConnections, resetNetwork } from "@/app/(workspace)/simulator/actions";
import type { ActionResult } from "@/lib/auth/action";
import { AlertDialog } from "../ui/alert-dialog";
import { Button } from "../ui/button";

type Props = { isAdmin: boolean; run: (deed: Promise<ActionResult<null>>) => Promise<void> };

const REFUSAL_SECONDS = 15;

/** What is done once rather than switched: refuse connections for a while, read the ledger, begin anew. */
export function NetworkDeeds({ isAdmin, run }: Props) {
  const t = useTranslations("simulator.faults.network");
  return (
    <div className="flex flex-col gap-2 border-line border-t pt-4">
      <Button onClick={() => void run(refuseConnections({ seconds: REFUSAL_SECONDS }))}>
        {t("refuse", { seconds: REFUSAL_SECONDS })}
      </Button>
      {isAdmin ? (
        <>
          <Button asChild>
            <a href="/simulator/data/ledger" download>
              <Download aria-hidden />
              {t("ledger")}
            </a>
          </Button>
          <AlertDialog
            trigger={<Button variant="dangerGhost">{t("reset")}</Button>}
            title={t("resetTitle")}
            confirmLabel={t("resetConfirm")}
            onConfirm={() => run(resetNetwork({}))}
          >
            {t("resetWhat")}
          </AlertDialog>
        </>
      ) : null}
    </div>
  );
}
