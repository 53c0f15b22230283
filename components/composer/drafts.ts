import type { InboxViewer } from "../inbox/inbox-state";

/** Where the texts that somebody has not sent yet are kept in this browser; the conversation's id follows. */
function placeOf(viewer: Pick<InboxViewer, "id" | "workspaceId">): string {
  return `carillon:draft:${viewer.workspaceId}:${viewer.id}:`;
}

/** Every draft of this viewer, by conversation. */
export function readDrafts(viewer: Pick<InboxViewer, "id" | "workspaceId">) {
  const place = placeOf(viewer);
  try {
    const kept = Object.entries(localStorage).filter(([key]) => key.startsWith(place));
    return Object.fromEntries(kept.map(([key, text]) => [key.slice(place.length), String(text)]));
  } catch {
    // Storage is refused in some private windows: then drafts live as long as the page.
    return {};
  }
}

/** An empty text ends the draft. */
export function storeDraft(
  viewer: Pick<InboxViewer, "id" | "workspaceId">,
  id: string,
  text: string,
): void {
  const key = `${placeOf(viewer)}${id}`;
  try {
    if (text === "") localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // As above; a full storage must not break writing either.
  }
}
