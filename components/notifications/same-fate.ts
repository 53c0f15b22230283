/** Of one channel: how far it is, and why. */
type Line<Channel> = { channel: Channel; state?: string; sentence: string | null };

/** Channels that fared alike, told in one breath. */
export type Shared<L extends Line<unknown>> = Omit<L, "channel"> & { channels: L["channel"][] };

/** Gathers the channels of which the same is said, each group at the place of its first. */
export function gatherAlike<L extends Line<unknown>>(lines: readonly L[]): Shared<L>[] {
  const groups = new Map<string, Shared<L>>();
  for (const { channel, ...said } of lines) {
    const key = `${said.state ?? ""} ${said.sentence ?? ""}`;
    const group = groups.get(key) ?? { ...said, channels: [] };
    group.channels.push(channel);
    groups.set(key, group);
  }
  return [...groups.values()];
}
