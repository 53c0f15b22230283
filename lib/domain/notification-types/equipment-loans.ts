import type { NotificationType } from "./notification-type";
import { CONFIRM_OR_CANCEL, SEEN } from "./offered-codes";
import { CUSTOMER_NAME, DUE, ITEM_NAME, LINK, OCCURRED_AT } from "./shared-variables";

const COMMON = {
  category: "loans",
  severities: ["medium", "low", "high", "critical"],
  isTimeSensitive: false,
  defaultChannels: ["web", "email", "whatsapp"],
} as const;

const TOLD = { ...COMMON, kind: "transactional", reminder: null } as const;

const REMINDER = {
  ...COMMON,
  kind: "reminder",
  variables: [CUSTOMER_NAME, ITEM_NAME, DUE, LINK],
  replyCodes: CONFIRM_OR_CANCEL,
  canceledBy: ["loan.returned"],
} as const;

/** R303–R311: a loan confirmed, reminded of, asked back and taken back. */
export const EQUIPMENT_LOANS = [
  {
    ...TOLD,
    key: "loan.assigned",
    variables: [CUSTOMER_NAME, ITEM_NAME, DUE, LINK],
    names: { fr: "Matériel remis", en: "Equipment lent" },
    replyCodes: SEEN,
    canceledBy: ["loan.returned"],
  },
  {
    ...TOLD,
    key: "loan.returned",
    variables: [CUSTOMER_NAME, ITEM_NAME, OCCURRED_AT, LINK],
    names: { fr: "Matériel rendu", en: "Equipment returned" },
    replyCodes: [],
    canceledBy: [],
  },
  {
    ...REMINDER,
    key: "loan.due_in_2_days",
    reminder: "J-2",
    names: { fr: "Retour dans 2 jours", en: "Due in 2 days" },
  },
  {
    ...REMINDER,
    key: "loan.due_tomorrow",
    reminder: "J-1",
    names: { fr: "Retour demain", en: "Due tomorrow" },
  },
  {
    ...REMINDER,
    key: "loan.due_today",
    reminder: "day",
    names: { fr: "Retour aujourd’hui", en: "Due today" },
  },
  {
    ...REMINDER,
    key: "loan.due_in_2_hours",
    reminder: "2h",
    isTimeSensitive: true,
    names: { fr: "Retour dans 2 heures", en: "Due in 2 hours" },
  },
  {
    ...REMINDER,
    key: "loan.overdue",
    reminder: "overdue",
    severities: ["high", "low", "medium", "critical"],
    names: { fr: "Retour en retard", en: "Overdue" },
    replyCodes: SEEN,
  },
] as const satisfies readonly NotificationType[];
