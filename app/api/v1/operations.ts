import type { Operation } from "@/lib/http/operation";
import * as notificationSettings from "./admin/notification-settings/schema";
import * as admin from "./admin/schema";
import * as sending from "./admin/sending/schema";
import * as budget from "./budget/schema";
import * as consents from "./consents/schema";
import * as contacts from "./contacts/schema";
import * as conversations from "./conversations/schema";
import * as events from "./events/schema";
import * as held from "./held/schema";
import * as integrations from "./integrations/schema";
import * as media from "./media/schema";
import * as messages from "./messages/schema";
import * as notificationTypes from "./notification-types/schema";
import * as notifications from "./notifications/schema";
import * as preferences from "./preferences/schema";
import * as prices from "./prices/schema";
import * as reminders from "./reminders/schema";
import * as templates from "./templates/schema";
import * as users from "./users/schema";
import * as webhookEndpoints from "./webhook-endpoints/schema";

/** Every operation of the public API, in the order of its document. */
export const OPERATIONS: readonly Operation[] = [
  messages,
  conversations,
  contacts,
  consents,
  media,
  integrations,
  events,
  notifications,
  notificationTypes,
  reminders,
  templates,
  preferences,
  held,
  users,
  prices,
  budget,
  sending,
  notificationSettings,
  webhookEndpoints,
  admin,
].flatMap((resource) => Object.values(resource).filter(isOperation));

function isOperation(value: unknown): value is Operation {
  return typeof value === "object" && value !== null && "method" in value && "path" in value;
}
