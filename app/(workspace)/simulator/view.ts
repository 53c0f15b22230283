import type { Viewer } from "@/lib/auth/viewer";
import type { PhoneThread, simulatorControl } from "@/lib/embedded/simulator/client";
import type { SimMail } from "@/lib/embedded/simulator/mail-words";
import type { PhoneSummary } from "@/lib/embedded/simulator/phone-reads";
import type { NetworkSwitches, Switches } from "@/lib/embedded/simulator/switches";

/** What the routes and actions of the screen work with. */
export type Bench = {
  viewer: Viewer;
  control: ReturnType<typeof simulatorControl>;
  origin: string;
};

/** One of our numbers, as a phone can write to it. */
export type SimulatorSender = {
  /** With `whatsapp:` where it is WhatsApp. */
  address: string;
  type: "sms" | "whatsapp";
  name: string;
  accountSid: string;
};

/** Everything the screen shows, read in one go. */
export type SimulatorView = {
  senders: SimulatorSender[];
  phones: PhoneSummary[];
  /** The chosen person's number; null when there is none yet. */
  phone: string | null;
  thread: PhoneThread;
  /** What goes wrong for everybody, and for the chosen phone alone. */
  network: NetworkSwitches;
  own: Partial<Switches>;
  /** Newest first. */
  mails: MailSummary[];
  /** The mail being read; null: none is chosen, or it is not there. */
  mail: MailView | null;
};

/** A mail in the list, without its bodies. */
export type MailSummary = Pick<
  SimMail,
  "id" | "at" | "from" | "fromName" | "to" | "subject" | "lastEvent"
>;

export type MailView = SimMail & {
  /** Would a mail client show its own Unsubscribe button? */
  canUnsubscribe: boolean;
};
