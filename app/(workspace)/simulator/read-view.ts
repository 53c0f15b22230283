import { namesOfPhones } from "@/db/queries/phone-owners";
import type { PhoneThread } from "@/lib/embedded/simulator/client";
import { getDeps } from "@/lib/runtime";
import { listSimulatorSenders } from "./gate";
import { findMail, readMails } from "./read-mails";
import type { Bench, SimulatorSender, SimulatorView } from "./view";

const NOBODY: PhoneThread = { messages: [], windows: [] };

type Chosen = {
  /** The person to show; null: the one who used a phone last. */
  phone: string | null;
  /** The mail to read; null: none. */
  mail: string | null;
};

/** Everything that the viewer may see, read in one go. */
export async function readView(bench: Bench, { phone, mail }: Chosen): Promise<SimulatorView> {
  const { control } = bench;
  const [senders, { switches }, mails, read] = await Promise.all([
    listSimulatorSenders(bench),
    control.state(),
    readMails(bench),
    mail === null ? null : findMail(bench, mail),
  ]);
  const phones = await listNamedPhones(bench, senders);
  const chosen = phone ?? phones[0]?.phone ?? null;
  const [thread, own] =
    chosen === null
      ? [NOBODY, {}]
      : await Promise.all([control.thread(chosen), control.switches(chosen)]);
  return {
    senders,
    phones,
    phone: chosen,
    thread: ofSenders(thread, senders),
    network: switches,
    own,
    mails,
    mail: read,
  };
}

/** A phone without a name of its own is called what the workspace calls its owner. */
async function listNamedPhones({ viewer, control }: Bench, senders: SimulatorSender[]) {
  const phones = await control.phones({ senders: senders.map((one) => one.address) });
  const names = await namesOfPhones(getDeps().db, {
    workspaceId: viewer.workspaceId,
    phones: phones.map((one) => one.phone),
  });
  return phones.map((one) => ({ ...one, name: one.name ?? names.get(one.phone) ?? null }));
}

/** Only what went between the person and numbers that the viewer may see. */
function ofSenders(thread: PhoneThread, senders: SimulatorSender[]): PhoneThread {
  const addresses = new Set(senders.map((one) => one.address));
  return {
    messages: thread.messages.filter((message) => {
      const ours = message.direction === "inbound" ? message.to : message.from;
      return ours !== null && addresses.has(ours);
    }),
    windows: thread.windows.filter(({ sender }) => addresses.has(sender)),
  };
}
