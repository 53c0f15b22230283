/** Where the layout of e-mails is filled; words that no template contains by chance. */
export const PLACES = {
  locale: "@@locale@@",
  title: "@@title@@",
  brand: "@@brand@@",
  content: "@@content@@",
} as const;
