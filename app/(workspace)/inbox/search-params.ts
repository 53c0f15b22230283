import { type InboxPlace, placeFromUrl } from "@/components/inbox/inbox-url";

type SearchParams = Record<string, string | string[] | undefined>;

/** Where the inbox is, from what the server knows of the URL: `?view=mine&number=…&q=…`. */
export function readPlace(params: SearchParams, conversation: string | null): InboxPlace {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) search.set(name, first);
  }
  const pathname = conversation === null ? "/inbox" : `/inbox/${conversation}`;
  return placeFromUrl({ pathname, search: search.toString() });
}
