import { hasRole, type Role } from "@/lib/domain/words";

/** Where `/` leads: the inbox for those who may answer, their own page for the others. */
export function homeOf(role: Role): "/inbox" | "/settings/profile" {
  return hasRole(role, "agent") ? "/inbox" : "/settings/profile";
}

/** The pages of the settings, each with the role that opens it. Keys of `settings.sections`. */
export const SETTINGS_SECTIONS = [
  { key: "profile", href: "/settings/profile", role: "member" },
  { key: "preferences", href: "/preferences", role: "member" },
  { key: "workspace", href: "/settings/workspace", role: "admin" },
  { key: "integrations", href: "/settings/integrations", role: "admin" },
  { key: "sending", href: "/settings/sending", role: "admin" },
  { key: "notifications", href: "/settings/notifications", role: "admin" },
  { key: "templates", href: "/templates", role: "admin" },
  { key: "people", href: "/settings/people", role: "admin" },
  { key: "costs", href: "/settings/costs", role: "admin" },
  { key: "apiKeys", href: "/settings/api-keys", role: "admin" },
  { key: "webhooks", href: "/settings/webhooks", role: "admin" },
] as const satisfies readonly { key: string; href: string; role: Role }[];

export type SettingsSection = (typeof SETTINGS_SECTIONS)[number];

export function settingsSectionsOf(role: Role): readonly SettingsSection[] {
  return SETTINGS_SECTIONS.filter((section) => hasRole(role, section.role));
}
