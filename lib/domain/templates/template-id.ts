import { v5 } from "uuid";
import { READY_TYPES } from "../notification-types/ready-types";
import type { WorkspaceId } from "../workspace-id";
import { SHIPPED_TEMPLATES } from "./shipped/shipped-templates";
import { type Template, type TemplateWords, variablesOfEvent } from "./template";

type Place = Pick<TemplateWords, "event" | "channel" | "locale">;

/** Names what an event says on a channel in a language, within a workspace. */
export function placeKey({ event, channel, locale }: Place): string {
  return `${event} ${channel} ${locale}`;
}

/**
 * The id of a workspace's template of a type, channel and language: the same as shipped and when it is
 * written anew, so that a link and what was counted hold on (RFC 9562, version 5).
 */
export function templateId(workspaceId: WorkspaceId, place: Place): string {
  return v5(placeKey(place), workspaceId);
}

/** What a workspace has before it writes anything, in the order of the types. */
export function shippedTemplates(workspaceId: WorkspaceId): Template[] {
  return SHIPPED_TEMPLATES.map((shipped) => {
    const type = READY_TYPES.find(({ key }) => key === shipped.event);
    return {
      ...shipped,
      id: templateId(workspaceId, shipped),
      name: type?.names[shipped.locale] ?? shipped.event,
      variables: variablesOfEvent(shipped) ?? [],
      isActive: true,
      version: 0,
      approved: {},
    };
  });
}

/** null: there is none of that id, or it is not shipped. */
export function findShipped(workspaceId: WorkspaceId, id: string): Template | null {
  return shippedTemplates(workspaceId).find((one) => one.id === id) ?? null;
}
