import { hasRole } from "@/lib/domain/words";
import { findBench, refusal } from "../../gate";

export const dynamic = "force-dynamic";

/** Everything the network took, did and told, as JSON Lines: for administrators. */
export async function GET(): Promise<Response> {
  const bench = await findBench();
  if (bench instanceof Response) return bench;
  if (!hasRole(bench.viewer.role, "admin")) return refusal(404, "not_found");
  return new Response(await bench.control.ledger(), {
    headers: {
      "content-type": "application/jsonl; charset=utf-8",
      "content-disposition": 'attachment; filename="simulator.jsonl"',
      "cache-control": "no-store",
    },
  });
}
