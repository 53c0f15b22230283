import type { Variable } from "../templates/variables";
import type { NotificationType } from "./notification-type";
import { CONFIRM_OR_CANCEL, SEEN } from "./offered-codes";
import { CUSTOMER_NAME } from "./shared-variables";

const TICKET_NUMBER: Variable = {
  name: "ticket_number",
  type: "text",
  default: null,
  examples: { short: "A-1", long: "ACC-0042" },
};

const SERVICE_NAME: Variable = {
  name: "service_name",
  type: "text",
  default: null,
  examples: { short: "Visa", long: "Ouverture de compte" },
};

const QUEUE_NAME: Variable = {
  name: "queue_name",
  type: "text",
  default: null,
  examples: { short: "B", long: "Accueil particuliers" },
};

const ETA_MINUTES: Variable = {
  name: "eta_minutes",
  type: "number",
  default: null,
  examples: { short: "5", long: "120" },
};

const AGENT_NAME: Variable = {
  name: "agent_name",
  type: "text",
  default: "",
  examples: { short: "Ali", long: "Jean-Baptiste Moreau" },
};

const COMMON = {
  kind: "transactional",
  category: "queue",
  severities: ["medium", "low", "high", "critical"],
  defaultChannels: ["sms", "whatsapp"],
  reminder: null,
} as const;

/** R106, R119–R121: a ticket of a queue from its issue to its call. */
export const QUEUE_TICKETS = [
  {
    ...COMMON,
    key: "ticket.created",
    isTimeSensitive: false,
    variables: [CUSTOMER_NAME, TICKET_NUMBER, SERVICE_NAME, QUEUE_NAME, ETA_MINUTES],
    names: { fr: "Ticket créé", en: "Ticket created" },
    replyCodes: CONFIRM_OR_CANCEL,
    canceledBy: ["ticket.called"],
  },
  {
    ...COMMON,
    key: "ticket.almost_called",
    isTimeSensitive: false,
    variables: [CUSTOMER_NAME, TICKET_NUMBER],
    names: { fr: "Ticket presque appelé", en: "Ticket almost called" },
    replyCodes: CONFIRM_OR_CANCEL,
    canceledBy: ["ticket.called"],
  },
  {
    ...COMMON,
    key: "ticket.called",
    isTimeSensitive: true,
    variables: [CUSTOMER_NAME, TICKET_NUMBER, AGENT_NAME],
    names: { fr: "Ticket appelé", en: "Ticket called" },
    replyCodes: SEEN,
    canceledBy: [],
  },
] as const satisfies readonly NotificationType[];
