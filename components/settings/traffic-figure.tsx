import { getFormatter, getTranslations } from "next-intl/server";
import type { TrafficDay } from "@/db/queries/traffic";
import { RecoverNow } from "./recover-now";

type Props = { id: string; days: readonly TrafficDay[] };

/** Day by day: how many texts the provider lists, and how many of them are here. */
export async function TrafficFigure({ id, days }: Props) {
  const [t, format] = await Promise.all([getTranslations("settings.traffic"), getFormatter()]);
  return (
    <div className="flex flex-col gap-3">
      {days.length === 0 ? (
        <p className="text-muted text-sm">{t("none")}</p>
      ) : (
        <table className="w-full text-sm">
          <thead>
            <tr className="border-line border-b text-left text-muted text-xs">
              <th className="py-1 pr-3 font-medium">{t("day")}</th>
              <th className="py-1 pr-3 text-right font-medium">{t("received")}</th>
              <th className="py-1 text-right font-medium">{t("sent")}</th>
            </tr>
          </thead>
          <tbody className="tabular-nums">
            {days.map((day) => (
              <tr key={day.day} className="border-line border-b last:border-0">
                <td className="py-1.5 pr-3">
                  {format.dateTime(new Date(day.day), { dateStyle: "medium", timeZone: "UTC" })}
                </td>
                <Pair there={day.receivedThere} here={day.receivedHere} />
                <Pair there={day.sentThere} here={day.sentHere} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <RecoverNow id={id} />
    </div>
  );
}

/** One number where both agree. */
async function Pair({ there, here }: { there: number; here: number }) {
  const t = await getTranslations("settings.traffic");
  const isSame = there === here;
  return (
    <td className={isSame ? "py-1.5 text-right" : "py-1.5 text-right font-medium text-danger-fg"}>
      {isSame ? there : t("differ", { there, here })}
    </td>
  );
}
