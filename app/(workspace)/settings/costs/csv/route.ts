import { findViewer } from "@/lib/auth/viewer";
import { spendingCsv } from "@/lib/domain/spending-csv";
import { hasRole } from "@/lib/domain/words";
import { readCosts } from "../read-costs";
import { monthOfUrl } from "../search-params";

/** A month's spending as a table for a spreadsheet. */
export async function GET(request: Request): Promise<Response> {
  const viewer = await findViewer();
  if (!viewer) return new Response(null, { status: 401 });
  if (!hasRole(viewer.role, "admin")) return new Response(null, { status: 403 });
  const { month, spending } = await readCosts(
    viewer,
    monthOfUrl(new URL(request.url).searchParams.get("month")),
  );
  return new Response(spendingCsv(month, spending), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="costs-${month}.csv"`,
      "cache-control": "private, no-store",
    },
  });
}
