import type { Provider } from "../../../lib/domain/words";
import type { WorkspaceId } from "../../../lib/domain/workspace-id";
import type { Sql } from "../../client";

export type TemplateAccount = {
  id: string;
  workspaceId: WorkspaceId;
  provider: Provider;
  sid: string | null;
  tokenSealed: string | null;
  apiOrigin: string | null;
};

/** Accounts with a WhatsApp sender, over all workspaces. */
export async function findTemplateAccounts(sql: Sql): Promise<TemplateAccount[]> {
  const rows = await sql<TemplateAccount[]>`
    select a.id, a.workspace_id as "workspaceId", a.provider, a.sid,
      a.token_sealed as "tokenSealed", a.api_origin as "apiOrigin"
    from accounts a
    where a.stopped_at is null and a.provider = 'twilio' and exists (
      select 1 from integrations i
      where i.account_id = a.id and i.type = 'whatsapp' and i.deleted_at is null)
    order by a.id`;
  return [...rows];
}
