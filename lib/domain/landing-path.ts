const ORIGIN = "http://here.invalid";

/**
 * The page of ours that a sign-in leads back to: path and query of `asked`, or `/` when that is no
 * path of ours. What a link says must not lead to another site, whatever slashes it is dressed in.
 */
export function landingPath(asked: string | null | undefined): string {
  if (!asked?.startsWith("/") || !URL.canParse(asked, ORIGIN)) return "/";
  const url = new URL(asked, ORIGIN);
  if (url.origin !== ORIGIN) return "/";
  // Next's own mark of a request for a part of a page.
  url.searchParams.delete("_rsc");
  const path = `${url.pathname}${url.search}`;
  return path.startsWith("//") ? "/" : path;
}
