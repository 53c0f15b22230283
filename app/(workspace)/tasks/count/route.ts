import { z } from "zod";
import { countOpenTasks } from "@/db/queries/tasks";
import { getDeps } from "@/lib/runtime";
import { inboxRead } from "../../inbox/data/inbox-read";

export const dynamic = "force-dynamic";

/** How many tasks are open: `{ count }`. */
export const GET = inboxRead(z.object({}), async (viewer) => ({
  count: await countOpenTasks(getDeps().db, viewer),
}));
