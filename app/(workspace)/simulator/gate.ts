import { notFound } from "next/navigation";
import { listIntegrations } from "@/db/queries/integrations";
import { findViewer, requireViewer, type Viewer } from "@/lib/auth/viewer";
import { simulatorControl } from "@/lib/embedded/simulator/client";
import { getDeps, getRuntime } from "@/lib/runtime";
import type { Bench, SimulatorSender } from "./view";

/**
 * Who may stand at the phones: anybody signed in to the demo workspace, where a simulator runs.
 * null: to everybody else the page does not exist.
 */
export function openBench(viewer: Viewer): Bench | null {
  const { simulatorOrigin, isDemo } = getRuntime();
  if (simulatorOrigin === null || !isDemo || !viewer.workspace.isDemo) return null;
  return { viewer, control: simulatorControl(simulatorOrigin), origin: simulatorOrigin };
}

/** For the page. */
export async function requireBench(): Promise<Bench> {
  return openBench(await requireViewer()) ?? notFound();
}

/** For the routes: the bench, or the refusal to answer with. */
export async function findBench(): Promise<Bench | Response> {
  const viewer = await findViewer();
  if (!viewer) return refusal(401, "signed_out");
  return openBench(viewer) ?? refusal(404, "not_found");
}

export function refusal(status: number, code: string): Response {
  return Response.json({ status, code }, { status, headers: { "cache-control": "no-store" } });
}

/** The addresses that this viewer's mails come from. */
export async function listMailSenders({ viewer }: Bench): Promise<string[]> {
  const rows = await listIntegrations(getDeps().db, viewer);
  return rows.flatMap((row) => (row.type === "email" && row.sender ? [row.sender] : []));
}

/** The numbers that this viewer may see and the network knows. */
export async function listSimulatorSenders({ viewer, control }: Bench): Promise<SimulatorSender[]> {
  const [rows, { accounts }] = await Promise.all([
    listIntegrations(getDeps().db, viewer),
    control.state(),
  ]);
  return rows.flatMap((row): SimulatorSender[] => {
    const account = accounts.find((one) => one.sid === row.accountSid);
    const number = account?.numbers.find((one) => one.number === row.sender);
    if (!account || !number) return [];
    const { type } = number;
    const address = type === "whatsapp" ? `whatsapp:${row.sender}` : String(row.sender);
    return [{ address, type, name: row.name, accountSid: account.sid }];
  });
}
