import type { NetworkSwitches, Switches } from "@/lib/embedded/simulator/switches";

/** A switch in plain words: its key in the messages, and what it sets. */
export type Fault = {
  key: string;
  on: Partial<NetworkSwitches>;
  off: Partial<NetworkSwitches>;
  /** Only makes sense for everybody. */
  networkOnly?: true;
  /** Means nothing for mails. */
  phonesOnly?: true;
};

export type FaultGroup = { key: "person" | "receipts" | "provider"; faults: Fault[] };

/** Everything that can be made to go wrong by one switch, in the order of the screen. */
export const FAULT_GROUPS: FaultGroup[] = [
  {
    key: "person",
    faults: [
      { key: "optedOut", on: { refuseWith: 21610 }, off: { refuseWith: null }, phonesOnly: true },
      { key: "landline", on: { refuseWith: 21614 }, off: { refuseWith: null }, phonesOnly: true },
      { key: "unreachable", on: { failWith: 30003 }, off: { failWith: null } },
    ],
  },
  {
    key: "receipts",
    faults: [
      percent("doubled", "doubledReceiptsPercent"),
      percent("dropped", "droppedReceiptsPercent"),
      { key: "reordered", on: { reorderedReceipts: true }, off: { reorderedReceipts: false } },
      { key: "delayed", on: { receiptDelayMs: 10_000 }, off: { receiptDelayMs: 0 } },
    ],
  },
  {
    key: "provider",
    faults: [
      { key: "slow", on: { slowMs: 4000 }, off: { slowMs: 0 } },
      percent("throttled", "throttlePercent"),
      percent("serverError", "errorPercent"),
      percent("acceptedReset", "acceptedResetPercent"),
      percent("acceptedHang", "acceptedHangPercent"),
      percent("garbage", "acceptedGarbagePercent"),
      { key: "down", on: { down: true }, off: { down: false }, networkOnly: true },
    ],
  },
];

function percent(key: string, name: keyof Switches): Fault {
  return { key, on: { [name]: 100 }, off: { [name]: 0 } };
}

/** Is the fault switched on by these values? Any percentage above none counts. */
export function isOn(fault: Fault, values: Partial<NetworkSwitches>): boolean {
  return (Object.keys(fault.on) as (keyof NetworkSwitches)[]).every((name) => {
    const [value, off] = [values[name], fault.off[name]];
    if (name === "refuseWith" || name === "failWith") return value === fault.on[name];
    return value !== undefined && value !== off;
  });
}
