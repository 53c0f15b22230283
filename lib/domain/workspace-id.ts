declare const brand: unique symbol;

/**
 * A tenant's id. Branded so that no query can be called with a string that nobody vouched for:
 * minted only by `lib/auth` (session, API key, token) and by `db/queries/system`.
 */
export type WorkspaceId = string & { readonly [brand]: "WorkspaceId" };

/** The one cast. Import it from `lib/auth`, `db/queries/system`, `db/demo` and tests only (law 7). */
export function mintWorkspaceId(id: string): WorkspaceId {
  return id as WorkspaceId;
}
