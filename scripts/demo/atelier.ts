import { DEMO_USERS } from "../../db/demo/cast";
import { fiction } from "../../db/demo/script";
import { localTimeOf, weekdayOf } from "../../lib/domain/deciding/local-time";
import { DEFAULT_PREFERENCES } from "../../lib/domain/deciding/preferences";
import type { WeeklyHours } from "../../lib/domain/deciding/weekly-hours";
import {
  alarm,
  called,
  daysAgo,
  inOrder,
  type Loan,
  lent,
  minutesAgo,
  queued,
  returned,
  type Step,
  type Story,
  type Visit,
  ZONE,
} from "./story";
import { visitsUntil } from "./visits";

const CAMILLE = fiction(12);
const ISABELLE = fiction(35);
const LAURENCE = fiction(41);
const NICOLAS = fiction(42);
const DOMINIQUE = fiction(44);
const PRIYA = "+442079460144";
/** He has written to the other number so far. */
const JACK = "+12025550123";

/** Atelier Solstice: its cameras, its counter and its loans of the last two weeks. */
export function atelierStory(now: Date): Story {
  const at = (days: number, time: string) => daysAgo(now, days, time);
  const steps = [
    ...choices(now),
    ...visitsUntil(now),
    ...namedVisits(now),
    ...loans(now),
    ...alarms(now),
    ...readings(now),
  ];
  return {
    steps: inOrder(steps, now),
    outage: { from: at(3, "09:30"), until: at(2, "07:55") },
    unreachable: [
      { address: fiction(18), from: at(11, "00:00"), until: at(9, "00:00") },
      { address: fiction(34), from: at(4, "00:00"), until: at(2, "00:00") },
      { address: "thierry.masson@demo.carillon.test", from: at(4, "00:00"), until: at(3, "00:00") },
      { address: PRIYA, from: at(2, "15:20"), until: at(2, "16:00") },
    ],
  };
}

/** Léa rests at night, and for some hours of one day a week: today's, so that something is kept now. */
function choices(now: Date): Step[] {
  const { minSeverity } = DEFAULT_PREFERENCES;
  const nights: WeeklyHours = {
    days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    start: "22:00",
    end: "07:00",
  };
  return [
    {
      at: daysAgo(now, 14, "09:00"),
      kind: "preferred",
      who: "lea",
      changes: {
        enabledChannels: ["web", "email", "sms"],
        minSeverity: { ...minSeverity, sms: "high" },
        quietHours: [nights, restOf(now)],
      },
    },
    {
      at: daysAgo(now, 14, "09:10"),
      kind: "preferred",
      who: "ines",
      changes: { minSeverity: { ...minSeverity, email: "medium" }, maxPerHour: 2 },
    },
  ];
}

const HOUR = 3_600_000;

function restOf(now: Date): WeeklyHours {
  const start = localTimeOf(new Date(now.getTime() - 2 * HOUR), ZONE);
  const end = localTimeOf(new Date(now.getTime() + 6 * HOUR), ZONE);
  const hour = ({ time }: { time: string }) => `${time.slice(0, 2)}:00`;
  return { days: [weekdayOf(start.date)], start: hour(start), end: hour(end) };
}

function reported(at: Date, ...events: Extract<Step, { kind: "reported" }>["events"]): Step {
  return { at, kind: "reported", events };
}

/** Of people with whom somebody has talked here: their tickets stand in the thread. */
function namedVisits(now: Date): Step[] {
  const at = (days: number, time: string) => daysAgo(now, days, time);
  const ago = (minutes: number) => minutesAgo(now, minutes);
  const visit = (number: string, to: string, service = "Réparation"): Visit => {
    return { number, to, service, wait: 15, by: "Inès" };
  };
  const [dominique, nicolas] = [visit("B-021", DOMINIQUE), visit("B-034", NICOLAS)];
  const laurence = visit("B-038", LAURENCE, "Retrait");
  const [isabelle, priya] = [visit("B-045", ISABELLE), visit("B-046", PRIYA, "Location")];
  const camille = visit("B-052", CAMILLE, "Location");
  const says = (when: Date, from: string, text: string): Step => {
    return { at: when, kind: "answered", from: { phone: from }, on: "accueil", text };
  };
  return [
    reported(at(9, "16:32"), queued(dominique)),
    says(at(9, "16:34"), DOMINIQUE, "Oui"),
    reported(at(6, "11:58"), called(nicolas)),
    says(at(6, "11:59"), NICOLAS, "ok"),
    reported(at(4, "17:05"), queued(laurence)),
    says(at(4, "17:11"), LAURENCE, "Annuler"),
    reported(at(2, "14:05"), queued(isabelle)),
    says(at(2, "14:07"), ISABELLE, "OUI"),
    reported(at(2, "14:27"), called(isabelle)),
    reported(at(2, "15:21"), called(priya)),
    reported(ago(376), called(camille)),
  ];
}

function loans(now: Date): Step[] {
  const at = (days: number, time: string) => daysAgo(now, days, time);
  const loan = (id: string, title: string, to: string, dueAt: Date): Loan => {
    return { id, title, to, dueAt };
  };
  const cargo = loan("PR-0412", "Vélo cargo no 3", fiction(2), at(2, "18:00"));
  const rack = loan("PR-0407", "Porte-vélos de voiture", fiction(16), at(5, "18:00"));
  const seat = loan("PR-0409", "Child seat", JACK, at(1, "18:00"));
  const trailer = loan("PR-0415", "Remorque enfant", fiction(18), at(-3, "18:00"));
  const electric = {
    ...loan("PR-0418", "Vélo électrique no 12", fiction(9), at(-1, "17:00")),
    term: "medium" as const,
  };
  const tandem = loan("PR-0421", "Tandem", fiction(6), at(-1, "12:00"));
  return [
    reported(at(12, "09:50"), lent(rack)),
    reported(at(9, "10:20"), lent(cargo)),
    reported(at(8, "14:00"), lent(seat)),
    reported(at(6, "15:00"), lent(trailer)),
    reported(at(5, "17:20"), returned(seat)),
    reported(at(4, "11:30"), lent(electric)),
    reported(at(2, "16:10"), returned(cargo)),
    reported(at(1, "16:40"), lent(tandem)),
  ];
}

function alarms(now: Date): Step[] {
  const at = (days: number, time: string) => daysAgo(now, days, time);
  const ago = (minutes: number) => minutesAgo(now, minutes);
  const gate = { type: "anomaly", title: "Portail ouvert", severity: "high" } as const;
  const tell = (when: Date, ...told: Parameters<typeof alarm>) => reported(when, ...alarm(...told));
  return [
    tell(at(11, "15:05"), ["marc", "ines"], {
      type: "anomaly",
      severity: "high",
      title: "Porte de service ouverte",
      message: "Caméra 6, depuis plus de dix minutes.",
    }),
    tell(at(10, "03:12"), ["lea"], {
      type: "off_hours",
      severity: "critical",
      title: "Présence dans l'atelier",
      message: "Caméra 1, près du comptoir.",
    }),
    tell(at(8, "12:30"), ["lea", "marc", "ines"], {
      type: "suspicious_object",
      severity: "high",
      title: "Sac abandonné",
      message: "Caméra 4, devant les casiers.",
    }),
    tell(at(7, "02:10"), ["lea"], {
      type: "off_hours",
      severity: "high",
      title: "Lumière dans la cour",
      message: "Caméra 5.",
    }),
    tell(at(7, "02:26"), ["lea"], { ...gate, message: "Caméra 3, côté quai." }),
    tell(at(5, "15:00"), ["ines", "marc"], { ...gate, message: "Caméra 3, côté quai." }),
    tell(at(5, "15:08"), ["ines"], {
      type: "suspicious_object",
      severity: "high",
      title: "Carton sans étiquette",
      message: "Caméra 4, devant les casiers.",
    }),
    tell(at(5, "15:21"), ["ines"], {
      type: "off_hours",
      severity: "high",
      title: "Réserve ouverte",
      message: "Caméra 2, personne n'y est attendu.",
    }),
    tell(at(5, "15:34"), ["ines"], { ...gate, message: "Caméra 3, encore." }),
    tell(at(3, "03:07"), ["lea"], {
      type: "suspicious_object",
      severity: "critical",
      title: "Vitre brisée",
      message: "Caméra 1, entrée du quai.",
    }),
    {
      at: at(3, "03:09"),
      kind: "answered",
      from: { phone: DEMO_USERS.lea.phone },
      on: "accueil",
      text: "OK",
    },
    ...["17:31", "17:32", "17:34"].map((time, nth) =>
      tell(at(2, time), ["marc"], { ...gate, message: `Caméra 3, passage ${nth + 1}.` }),
    ),
    tell(at(1, "11:10"), ["lea", "ines", "tom"], {
      type: "anomaly",
      severity: "medium",
      title: "File plus longue que d'habitude",
      message: "Caméra 7, plus de douze personnes.",
    }),
    tell(at(1, "22:50"), ["lea", "tom"], {
      type: "off_hours",
      severity: "high",
      title: "Volet resté ouvert",
      message: "Caméra 5, côté cour.",
    }),
    tell(ago(170), ["marc", "ines", "tom"], {
      type: "suspicious_object",
      severity: "high",
      title: "Valise près de l'entrée",
      message: "Caméra 1, depuis vingt minutes.",
    }),
    tell(ago(80), ["lea"], { ...gate, message: "Caméra 3, côté quai." }),
    tell(ago(35), ["lea"], {
      type: "suspicious_object",
      severity: "high",
      title: "Trottinette attachée au portail",
      message: "Caméra 3.",
    }),
  ];
}

/** What came after that is still new to each. */
function readings(now: Date): Step[] {
  return [
    { at: daysAgo(now, 2, "09:05"), kind: "read", who: "lea" },
    { at: daysAgo(now, 2, "18:00"), kind: "read", who: "marc" },
    { at: daysAgo(now, 1, "12:00"), kind: "read", who: "ines" },
    { at: daysAgo(now, 1, "12:05"), kind: "read", who: "tom" },
  ];
}
