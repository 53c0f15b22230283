import { NOTIFICATION_CHANNELS } from "../deciding/words";
import type { Variable } from "../templates/variables";
import type { NotificationType } from "./notification-type";
import { SEEN } from "./offered-codes";
import { LINK, OCCURRED_AT } from "./shared-variables";

const TITLE: Variable = {
  name: "title",
  type: "text",
  default: null,
  examples: { short: "Couteau", long: "🚨 Objet Suspect Détecté" },
};

const MESSAGE: Variable = {
  name: "message",
  type: "text",
  default: null,
  examples: {
    short: "Hall B",
    long: "Objet dangereux vu par la caméra 12, hall B, porte nord.",
  },
};

const SEVERITY: Variable = {
  name: "severity",
  type: "text",
  default: null,
  examples: { short: "low", long: "critical" },
};

const COMMON = {
  kind: "alert",
  category: "security",
  isTimeSensitive: false,
  defaultChannels: NOTIFICATION_CHANNELS,
  variables: [TITLE, MESSAGE, SEVERITY, LINK, OCCURRED_AT],
  reminder: null,
  replyCodes: SEEN,
  canceledBy: [],
} as const;

/** R019–R025: what the cameras' analysis reports, with the severities that each can have. */
export const SECURITY_ALERTS = [
  {
    ...COMMON,
    key: "security.suspicious_object",
    severities: ["high", "critical"],
    names: { fr: "Objet suspect", en: "Suspicious object" },
  },
  {
    ...COMMON,
    key: "security.anomaly",
    severities: ["medium", "high", "critical"],
    names: { fr: "Anomalie", en: "Anomaly" },
  },
  {
    ...COMMON,
    key: "security.high_frequency",
    severities: ["high", "critical"],
    names: { fr: "Détections trop fréquentes", en: "High frequency of detections" },
  },
  {
    ...COMMON,
    key: "security.off_hours",
    severities: ["medium", "high", "critical"],
    names: { fr: "Activité hors horaires", en: "Activity outside hours" },
  },
] as const satisfies readonly NotificationType[];
