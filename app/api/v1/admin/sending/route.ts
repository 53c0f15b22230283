import { countDue, listSendingPauses } from "@/db/queries/sending-pauses";
import { CHANNELS } from "@/lib/domain/words";
import { type ApiContext, apiRoute } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { type SendingSwitches, switchSending } from "@/lib/outbound/switch-sending";
import * as operations from "./schema";

const get = apiRoute(operations.getSending, async (context) => answer(context));

const change = apiRoute(operations.switchSending, async ({ body, ...context }) => {
  const switches: SendingSwitches = {};
  if (body.paused !== undefined) switches.all = body.paused;
  for (const channel of CHANNELS) {
    const isOn = body.channels?.[channel];
    if (isOn !== undefined) switches[channel] = !isOn;
  }
  await switchSending(context.deps, context.caller, switches);
  return answer(context);
});

async function answer({ deps, caller }: Pick<ApiContext, "deps" | "caller">) {
  const { workspaceId } = caller;
  const pauses = await listSendingPauses(deps.db, workspaceId);
  const waiting = await countDue(deps.sql, { workspaceId, now: deps.clock.now() });
  const isOn = (what: string) => !pauses.some(({ scope }) => scope === what);
  return {
    status: 200 as const,
    body: {
      paused: !isOn("all"),
      channels: { sms: isOn("sms"), whatsapp: isOn("whatsapp"), email: isOn("email") },
      pauses: pauses.map(({ scope: what, since, by }) => {
        return { what, since: since.toISOString(), by };
      }),
      waiting,
    },
  };
}

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: get, PATCH: change });
