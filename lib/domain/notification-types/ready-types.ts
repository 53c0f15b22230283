import { EQUIPMENT_LOANS } from "./equipment-loans";
import type { NotificationType } from "./notification-type";
import { QUEUE_TICKETS } from "./queue-tickets";
import { SECURITY_ALERTS } from "./security-alerts";

/** What every workspace can tell from its first day. */
export const READY_TYPES: readonly NotificationType[] = [
  ...SECURITY_ALERTS,
  ...QUEUE_TICKETS,
  ...EQUIPMENT_LOANS,
];
