import { formatAddress } from "@/lib/domain/format-address";
import type { SenderSummary } from "@/lib/domain/inbox";
import { ChannelIcon } from "./channel-icon";

type Props = {
  sender: Pick<SenderSummary, "name" | "type" | "sender">;
  homeCountry: string;
  /** Small words after the number, such as "switched off". */
  remark?: string;
};

/** One of our numbers in a menu: its channel, its name, and the number below it. */
export function SenderLine({ sender, homeCountry, remark }: Props) {
  return (
    <>
      <ChannelIcon channel={sender.type} className="size-4" />
      <span className="flex min-w-0 flex-1 flex-col leading-tight">
        <span className="truncate">{sender.name}</span>
        <span className="truncate text-subtle text-xs">
          {formatAddress(sender.sender, homeCountry)}
          {remark ? ` · ${remark}` : ""}
        </span>
      </span>
    </>
  );
}
