import { listIntegrations } from "@/db/queries/integrations";
import { findMember } from "@/db/queries/users";
import { listTemplates as listApprovedTexts } from "@/db/queries/whatsapp-templates";
import type { Viewer } from "@/lib/auth/viewer";
import { readTypes } from "@/lib/notifications/read-types";
import { getDeps } from "@/lib/runtime";

/** What the editor knows beside its template: where tests go, and what WhatsApp has approved. */
export async function readEditor(viewer: Viewer) {
  const { db } = getDeps();
  const { workspaceId, workspace, user } = viewer;
  const [member, integrations, types] = await Promise.all([
    findMember(db, workspaceId, user.id),
    listIntegrations(db, viewer),
    readTypes(db, workspaceId),
  ]);
  const locale = user.locale ?? workspace.locale;
  const senders = integrations.filter(({ type }) => type === "whatsapp");
  const approvedTexts = await Promise.all(
    senders.map(async ({ id, name }) => {
      const rows = await listApprovedTexts(db, { workspaceId, integrationId: id });
      const texts = rows
        .filter(({ status }) => status === "approved")
        .map(({ contentSid, name: title, language, body, variables }) => {
          return { contentSid, title, language, body, places: variables.map((one) => one.name) };
        });
      return { id, name, texts };
    }),
  );
  return {
    approvedTexts,
    brand: workspace.name,
    zone: workspace.timeZone,
    own: { phone: member?.phoneNumber ?? "", email: user.email },
    ownTypes: types
      .filter(({ origin }) => origin === "own")
      .map(({ key, names, variables, replyCodes }) => {
        return { key, name: names[locale], variables, replyCodes };
      }),
  };
}
