import { SimulatorGone } from "@/lib/embedded/simulator/client";
import { findBench, refusal } from "../../gate";
import { readView } from "../../read-view";

export const dynamic = "force-dynamic";

/** What the screen shows: `?phone=+33…` chooses the person, `?mail=…` the mail being read. */
export async function GET(request: Request): Promise<Response> {
  const bench = await findBench();
  if (bench instanceof Response) return bench;
  try {
    const query = new URL(request.url).searchParams;
    const view = await readView(bench, { phone: query.get("phone"), mail: query.get("mail") });
    return Response.json(view, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    if (error instanceof SimulatorGone) return refusal(503, "unavailable");
    throw error;
  }
}
