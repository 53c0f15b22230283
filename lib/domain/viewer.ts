import type { ApiScope, Role } from "./words";
import type { WorkspaceId } from "./workspace-id";

/** Which numbers somebody may see: all of the workspace's, or the listed integrations only. */
export type VisibleIntegrations = "all" | readonly string[];

/** What a read of conversations and messages is confined to. */
export type Scope = {
  readonly workspaceId: WorkspaceId;
  readonly integrations: VisibleIntegrations;
};

/** Who did something, for timelines, activities and the audit log. */
export type Actor =
  | { readonly kind: "user"; readonly userId: string }
  | { readonly kind: "api_key"; readonly apiKeyId: string }
  | { readonly kind: "system" };

/** A caller whose session or API key has been checked: what every gated door works with. */
export type Caller = Scope & {
  readonly actor: Actor;
  readonly role: Role;
  /** null: everything the role may do. */
  readonly scopes: readonly ApiScope[] | null;
};

/** Who makes an administrative change, and where: what the stages of people and settings work with. */
export type Administrator = Pick<Caller, "workspaceId" | "actor" | "role">;

/** Is this integration within the scope? */
export function maySeeIntegration(scope: Pick<Scope, "integrations">, integrationId: string) {
  return scope.integrations === "all" || scope.integrations.includes(integrationId);
}
