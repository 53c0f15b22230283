import { SimulatorRefused } from "@/lib/embedded/simulator/client";
import { oneClickLink } from "@/lib/embedded/simulator/unsubscribe";
import { listMailSenders } from "./gate";
import type { Bench, MailSummary, MailView } from "./view";

const SHOWN = 100;

/** The newest mails that came from the viewer's own addresses. */
export async function readMails(bench: Bench): Promise<MailSummary[]> {
  const from = await listMailSenders(bench);
  if (from.length === 0) return [];
  const mails = await bench.control.mails({ from, limit: SHOWN });
  return mails.map(({ id, at, from, fromName, to, subject, lastEvent }) => {
    return { id, at, from, fromName, to, subject, lastEvent };
  });
}

/** One mail, whole; null where there is none that the viewer may see. */
export async function findMail(bench: Bench, id: string): Promise<MailView | null> {
  const [senders, mail] = await Promise.all([listMailSenders(bench), fetchMail(bench, id)]);
  const from = mail?.from.toLowerCase();
  if (!mail || !senders.some((one) => one.toLowerCase() === from)) return null;
  return { ...mail, canUnsubscribe: oneClickLink(mail) !== null };
}

async function fetchMail({ control }: Bench, id: string) {
  try {
    return await control.mail(id);
  } catch (error) {
    if (error instanceof SimulatorRefused && error.status === 404) return null;
    throw error;
  }
}
