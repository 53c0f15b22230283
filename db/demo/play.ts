import type { WorkspaceId } from "../../lib/domain/workspace-id";
import { type BuiltMessage, type BuiltScript, demoId, demoSid } from "./build";
import type { LabelKey, SenderKey, UserKey } from "./cast";
import type { Script } from "./script";

/** What a conversation hangs on: the rows of its workspace that are already there. */
export type Stage = {
  workspaceId: WorkspaceId;
  slug: string;
  accountId: string;
  accountSid: string;
  senders: ReadonlyMap<SenderKey, { id: string; number: string; type: "sms" | "whatsapp" }>;
  users: ReadonlyMap<UserKey, { id: string; name: string; personId: string }>;
  labels: ReadonlyMap<LabelKey, string>;
  now: Date;
};

/** A script under way: what its rows have in common. */
export type Play = {
  stage: Stage;
  script: Script;
  built: BuiltScript;
  name: string;
  personId: string;
  conversationId: string;
  sender: { id: string; number: string; type: "sms" | "whatsapp" };
};

export function messageId(play: Pick<Play, "name">, message: BuiltMessage) {
  return demoId(`message ${play.name} ${message.position}`, message.at);
}

export function sidOf(play: Pick<Play, "name">, message: BuiltMessage) {
  return demoSid(message.line.media ? "MM" : "SM", `${play.name} ${message.position}`);
}

export function userId(stage: Stage, key: UserKey): string {
  const user = stage.users.get(key);
  if (!user) throw new Error(`${key} is not in ${stage.slug}`);
  return user.id;
}
