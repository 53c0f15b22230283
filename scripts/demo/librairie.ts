import { alarm, daysAgo, inOrder, minutesAgo, type Step, type Story } from "./story";

/** Librairie du Canal: a small shop, where little happens. */
export function librairieStory(now: Date): Story {
  const tell = (at: Date, ...told: Parameters<typeof alarm>): Step => {
    return { at, kind: "reported", events: alarm(...told) };
  };
  const steps: Step[] = [
    tell(daysAgo(now, 6, "21:15"), ["hugo", "lea"], {
      type: "off_hours",
      severity: "high",
      title: "Lumière après la fermeture",
      message: "Caméra 2, arrière-boutique.",
    }),
    { at: daysAgo(now, 4, "10:00"), kind: "read", who: "hugo" },
    { at: daysAgo(now, 4, "10:00"), kind: "read", who: "lea" },
    tell(daysAgo(now, 1, "16:45"), ["hugo", "lea"], {
      type: "suspicious_object",
      severity: "high",
      title: "Sac oublié",
      message: "Caméra 1, près de la caisse.",
    }),
    tell(minutesAgo(now, 140), ["hugo"], {
      type: "anomaly",
      severity: "high",
      title: "Porte arrière ouverte",
      message: "Caméra 2, depuis cinq minutes.",
    }),
  ];
  return { steps: inOrder(steps, now), outage: null, unreachable: [] };
}
