/** Widths in pixels, remembered in a cookie so that the server draws the panes where they were. */
export type PaneSizes = { list: number; contact: number; isContactOpen: boolean };

export const PANES_COOKIE = "inbox_panes";
const YEAR_S = 365 * 24 * 60 * 60;
const DEFAULT: PaneSizes = { list: 344, contact: 292, isContactOpen: true };

/** @param text the cookie's value, which a browser may have changed: anything odd counts as absent */
export function readPanes(text: string | undefined): PaneSizes {
  const [list, contact, open] = (text ?? "").split(".").map(Number);
  if (!isWidth(list) || !isWidth(contact)) return DEFAULT;
  return { list, contact, isContactOpen: open !== 0 };
}

export function keepPanes({ list, contact, isContactOpen }: PaneSizes): void {
  const value = `${list}.${contact}.${isContactOpen ? 1 : 0}`;
  // biome-ignore lint/suspicious/noDocumentCookie: cookieStore is not in every browser yet
  document.cookie = `${PANES_COOKIE}=${value}; path=/inbox; max-age=${YEAR_S}; samesite=lax`;
}

function isWidth(width: number | undefined): width is number {
  return width !== undefined && Number.isFinite(width) && width >= 200 && width <= 600;
}
