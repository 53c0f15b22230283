/** A notification type as its reader knows it. */
export type NamedType = { key: string; name: string; category: string };
