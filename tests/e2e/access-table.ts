import type { Role } from "../../lib/domain/words";

/** Real rows of the workspace under attack. */
export type Ids = Record<
  | "conversation"
  | "person"
  | "message"
  | "media"
  | "integration"
  | "user"
  | "invitation"
  | "apiKey"
  | "alert"
  | "task"
  | "notification"
  | "reminder"
  | "template"
  | "webhookEndpoint"
  | "webhookDelivery"
  | "workspace",
  string
>;

/** Why it may be reached by everybody; what is asked of a caller is checked elsewhere or is nothing. */
type Public = { gate: "public"; because: string; url?: string };
/** What a page or route asks of a signed-in person. */
type Session = { gate: "session"; role: Role; url: string | ((ids: Ids) => string) };
/** Needs a signature or token that callers here do not have. */
type Signed = { gate: "signed"; url: string; methods: readonly string[] };
/** Each method's role and scope is the operation's of /openapi.json. */
type Api = { gate: "api" };

export type RouteGate = Public | Session | Signed | Api;

const api: Api = { gate: "api" };
const agent = (url: Session["url"]): Session => ({ gate: "session", role: "agent", url });
const member = (url: Session["url"]): Session => ({ gate: "session", role: "member", url });
const admin = (url: Session["url"]): Session => ({ gate: "session", role: "admin", url });

/** Every route.ts and page.tsx of app/. A new one that is not here fails the test. */
export const ROUTES: Record<string, RouteGate> = {
  "(auth)/forgot/page.tsx": { gate: "public", because: "who is locked out", url: "/forgot" },
  "(auth)/invite/[token]/page.tsx": { gate: "public", because: "asks a token", url: "/invite/x" },
  "(auth)/login/page.tsx": { gate: "public", because: "signing in", url: "/login" },
  "(auth)/reset/[token]/page.tsx": { gate: "public", because: "asks a token", url: "/reset/x" },
  "(auth)/unsubscribe/[token]/page.tsx": {
    gate: "public",
    because: "asks a token",
    url: "/unsubscribe/x",
  },
  "(auth)/setup/page.tsx": { gate: "public", because: "asks a token", url: "/setup" },
  "(workspace)/inbox/[conversation]/page.tsx": agent((ids) => `/inbox/${ids.conversation}`),
  "(workspace)/inbox/data/cards/route.ts": agent("/inbox/data/cards?view=all"),
  "(workspace)/inbox/data/consents/route.ts": agent(
    (ids) => `/inbox/data/consents?personId=${ids.person}`,
  ),
  "(workspace)/inbox/data/conversation/route.ts": agent(
    (ids) => `/inbox/data/conversation?id=${ids.conversation}`,
  ),
  "(workspace)/inbox/data/counts/route.ts": agent("/inbox/data/counts"),
  "(workspace)/inbox/data/templates/route.ts": agent(
    (ids) => `/inbox/data/templates?id=${ids.conversation}`,
  ),
  "(workspace)/inbox/data/thread/route.ts": agent(
    (ids) => `/inbox/data/thread?id=${ids.conversation}`,
  ),
  "(workspace)/inbox/(list)/page.tsx": agent("/inbox"),
  "(workspace)/dashboard/page.tsx": admin("/dashboard"),
  "(workspace)/notifications/bell/route.ts": member("/notifications/bell"),
  "(workspace)/notifications/page.tsx": member("/notifications"),
  "(workspace)/preferences/page.tsx": member("/preferences"),
  "(workspace)/settings/api-keys/page.tsx": admin("/settings/api-keys"),
  "(workspace)/settings/webhooks/page.tsx": admin("/settings/webhooks"),
  "(workspace)/settings/webhooks/[id]/page.tsx": admin(
    (ids) => `/settings/webhooks/${ids.webhookEndpoint}`,
  ),
  "(workspace)/settings/costs/csv/route.ts": admin("/settings/costs/csv"),
  "(workspace)/settings/costs/page.tsx": admin("/settings/costs"),
  "(workspace)/settings/integrations/page.tsx": admin("/settings/integrations"),
  "(workspace)/settings/integrations/[id]/page.tsx": admin(
    (ids) => `/settings/integrations/${ids.integration}`,
  ),
  "(workspace)/settings/integrations/new/page.tsx": admin("/settings/integrations/new"),
  "(workspace)/settings/page.tsx": member("/settings"),
  "(workspace)/settings/people/[person]/preferences/page.tsx": admin(
    (ids) => `/settings/people/${ids.person}/preferences`,
  ),
  "(workspace)/settings/people/page.tsx": admin("/settings/people"),
  "(workspace)/settings/profile/page.tsx": member("/settings/profile"),
  "(workspace)/settings/notification-types/page.tsx": admin("/settings/notification-types"),
  "(workspace)/settings/notification-types/[key]/page.tsx": admin(
    "/settings/notification-types/victim.own",
  ),
  "(workspace)/settings/notifications/page.tsx": admin("/settings/notifications"),
  "(workspace)/settings/sending/page.tsx": admin("/settings/sending"),
  "(workspace)/settings/workspace/page.tsx": admin("/settings/workspace"),
  "(workspace)/sending/route.ts": member("/sending"),
  "(workspace)/templates/page.tsx": admin("/templates"),
  "(workspace)/templates/[id]/page.tsx": admin((ids) => `/templates/${ids.template}`),
  "(workspace)/templates/new/page.tsx": admin("/templates/new"),
  "(workspace)/tasks/count/route.ts": agent("/tasks/count"),
  "(workspace)/tasks/page.tsx": agent("/tasks"),
  "(workspace)/reminders/page.tsx": agent("/reminders"),
  "(workspace)/why/page.tsx": member("/why"),
  "(workspace)/simulator/data/events/route.ts": member("/simulator/data/events"),
  "(workspace)/simulator/data/ledger/route.ts": member("/simulator/data/ledger"),
  "(workspace)/simulator/data/media/route.ts": member("/simulator/data/media?phone=%2B33&sid=ME1"),
  "(workspace)/simulator/data/view/route.ts": member("/simulator/data/view"),
  "(workspace)/simulator/page.tsx": member("/simulator"),
  "api/auth/[...nextauth]/route.ts": { gate: "public", because: "signing in and out" },
  "api/health/route.ts": { gate: "public", because: "holds nothing of anybody" },
  "api/inngest/route.ts": { gate: "signed", url: "/api/inngest", methods: ["GET", "POST", "PUT"] },
  "p/[token]/page.tsx": { gate: "public", because: "asks a token", url: "/p/x" },
  "api/p/[token]/route.ts": { gate: "signed", url: "/api/p/x", methods: ["POST"] },
  "api/realtime/route.ts": member("/api/realtime"),
  "api/unsubscribe/[token]/route.ts": {
    gate: "signed",
    url: "/api/unsubscribe/x.y",
    methods: ["POST"],
  },
  "api/v1/[...unknown]/route.ts": { gate: "public", because: "only says 404" },
  "api/v1/consents/export/route.ts": api,
  "api/v1/contacts/[id]/consents/route.ts": api,
  "api/v1/contacts/[id]/route.ts": api,
  "api/v1/contacts/route.ts": api,
  "api/v1/conversations/[id]/messages/route.ts": api,
  "api/v1/conversations/[id]/route.ts": api,
  "api/v1/conversations/route.ts": api,
  "api/v1/admin/notification-settings/route.ts": api,
  "api/v1/admin/sending/route.ts": api,
  "api/v1/budget/route.ts": api,
  "api/v1/integrations/[id]/release/route.ts": api,
  "api/v1/integrations/[id]/route.ts": api,
  "api/v1/integrations/[id]/test/route.ts": api,
  "api/v1/integrations/route.ts": api,
  "api/v1/m/[token]/route.ts": { gate: "signed", url: "/api/v1/m/x.y.z", methods: ["GET"] },
  "api/v1/media/[id]/route.ts": api,
  "api/v1/media/route.ts": api,
  "api/v1/messages/[id]/cancel/route.ts": api,
  "api/v1/messages/[id]/retry/route.ts": api,
  "api/v1/messages/[id]/route.ts": api,
  "api/v1/messages/route.ts": api,
  "api/v1/me/held/[id]/mute/route.ts": api,
  "api/v1/me/held/[id]/read/route.ts": api,
  "api/v1/me/held/[id]/send/route.ts": api,
  "api/v1/me/held/route.ts": api,
  "api/v1/me/preferences/route.ts": api,
  "api/v1/me/whatsapp-number/route.ts": api,
  "api/v1/contacts/[id]/preferences/route.ts": api,
  "api/v1/users/[id]/preferences/route.ts": api,
  "api/v1/alerts/route.ts": api,
  "api/v1/events/route.ts": api,
  "api/v1/admin/configuration/route.ts": api,
  "api/v1/admin/jobs/[jobId]/run/route.ts": api,
  "api/v1/admin/jobs/[jobId]/runs/[runId]/route.ts": api,
  "api/v1/admin/jobs/route.ts": api,
  "api/v1/admin/stats/route.ts": api,
  "api/v1/admin/test-connections/route.ts": api,
  "api/v1/notifications/[id]/resend/route.ts": api,
  "api/v1/notification-types/[key]/route.ts": api,
  "api/v1/notification-types/route.ts": api,
  "api/v1/notifications/[id]/route.ts": api,
  "api/v1/notifications/stats/route.ts": api,
  "api/v1/notifications/explain/route.ts": api,
  "api/v1/notifications/route.ts": api,
  "api/v1/prices/route.ts": api,
  "api/v1/reminders/[id]/route.ts": api,
  "api/v1/reminders/route.ts": api,
  "api/v1/templates/[id]/render/route.ts": api,
  "api/v1/templates/[id]/route.ts": api,
  "api/v1/templates/[id]/test/route.ts": api,
  "api/v1/templates/[id]/versions/[version]/restore/route.ts": api,
  "api/v1/templates/[id]/versions/route.ts": api,
  "api/v1/templates/route.ts": api,
  "api/v1/users/[id]/route.ts": api,
  "api/v1/users/route.ts": api,
  "api/v1/webhook-endpoints/route.ts": api,
  "api/v1/webhook-endpoints/[id]/route.ts": api,
  "api/v1/webhook-endpoints/[id]/rotate/route.ts": api,
  "api/v1/webhook-endpoints/[id]/test/route.ts": api,
  "api/webhooks/resend/[integrationId]/route.ts": {
    gate: "signed",
    url: "/api/webhooks/resend/01a1fadb-bddb-7366-819f-07c962fce9c9",
    methods: ["POST"],
  },
  "api/webhooks/twilio/route.ts": {
    gate: "signed",
    url: "/api/webhooks/twilio",
    methods: ["POST"],
  },
  "api/webhooks/twilio/status/route.ts": {
    gate: "signed",
    url: "/api/webhooks/twilio/status?m=01a1fadb-bddb-7366-819f-07c962fce9c9&a=1",
    methods: ["POST"],
  },
  "docs/[file]/route.ts": { gate: "public", because: "Swagger UI", url: "/docs/swagger-ui.css" },
  "docs/route.ts": { gate: "public", because: "holds nothing of anybody", url: "/docs" },
  "inbox/webhooks/sms/route.ts": {
    gate: "signed",
    url: "/inbox/webhooks/sms",
    methods: ["POST"],
  },
  "m/[token]/route.ts": { gate: "signed", url: "/m/x.y.z", methods: ["GET"] },
  "openapi.json/route.ts": { gate: "public", because: "no data", url: "/openapi.json" },
  "page.tsx": member("/"),
};

export type ActionGate =
  | { role: "public"; input: unknown }
  | { role: Role; input: unknown | ((ids: Ids) => unknown) };

const draft = {
  name: "attack",
  subject: null,
  body: "attack",
  isActive: true,
  variables: null,
  approved: {},
};
const text = { body: "attack", mediaIds: [], clientId: "01a1fadb-bddb-7366-819f-07c962fce9c9" };
const attackType = {
  names: { fr: "attaque", en: "attack" },
  severity: "low",
  channels: ["web"],
  isTimeSensitive: false,
  isActive: false,
};
/** A stranger with the right role in their own workspace, who names rows of this one. */
const withId =
  (key: keyof Ids, more: object = {}) =>
  (ids: Ids) => ({ id: ids[key], ...more });

/** Every server action. `input` is valid and names the attacked workspace's rows where it names any. */
export const ACTIONS: Record<string, ActionGate> = {
  "(auth)/actions.ts#setUp": { role: "public", input: { token: "x" } },
  "(auth)/actions.ts#acceptInvite": { role: "public", input: { token: "x" } },
  "(auth)/actions.ts#choosePassword": { role: "public", input: { token: "x" } },
  "(auth)/actions.ts#askForReset": { role: "public", input: { email: "nobody@example.test" } },
  "(auth)/actions.ts#chooseMails": { role: "public", input: { token: "x", state: "opted_out" } },
  "(auth)/actions.ts#chooseLocale": { role: "public", input: { locale: "fr" } },
  "(workspace)/templates/actions.ts#addTemplate": {
    role: "admin",
    input: { ...draft, event: "ticket.called", channel: "sms", locale: "fr" },
  },
  "(workspace)/templates/actions.ts#saveTemplate": {
    role: "admin",
    input: withId("template", { ...draft, seenVersion: 1 }),
  },
  "(workspace)/templates/actions.ts#restoreVersion": {
    role: "admin",
    input: withId("template", { version: 0, seenVersion: 1 }),
  },
  "(workspace)/templates/actions.ts#removeTemplate": {
    role: "admin",
    input: withId("template"),
  },
  "(workspace)/templates/actions.ts#testTemplate": {
    role: "admin",
    input: {
      ...draft,
      event: "custom",
      channel: "sms",
      locale: "fr",
      id: null,
      to: "+33612345678",
      values: {},
    },
  },
  "(workspace)/actions.ts#saveProfile": { role: "member", input: {} },
  "(workspace)/notifications/actions.ts#readAllNotifications": { role: "member", input: {} },
  "(workspace)/reminders/actions.ts#moveReminder": {
    role: "agent",
    input: withId("reminder", { at: "2999-01-01T10:00" }),
  },
  "(workspace)/reminders/actions.ts#takeAwayReminder": { role: "agent", input: withId("reminder") },
  "(workspace)/notifications/actions.ts#resendOnChannel": {
    role: "admin",
    input: withId("notification", { channel: "sms" }),
  },
  "(workspace)/dashboard/actions.ts#runJobByHand": {
    role: "admin",
    input: { job: "unsnooze", isDryRun: true },
  },
  "p/[token]/actions.ts#saveByLink": { role: "public", input: { token: "x", changes: {} } },
  "p/[token]/actions.ts#sendHeldByLink": {
    role: "public",
    input: (ids: Ids) => ({ token: "x", id: ids.notification, locale: "en" }),
  },
  "p/[token]/actions.ts#readHeldByLink": {
    role: "public",
    input: (ids: Ids) => ({ token: "x", id: ids.notification, locale: "en" }),
  },
  "p/[token]/actions.ts#muteHeldByLink": {
    role: "public",
    input: (ids: Ids) => ({ token: "x", id: ids.notification, locale: "en", span: "hour" }),
  },
  "(workspace)/settings/people/preferences-actions.ts#saveOthersPreferences": {
    role: "admin",
    input: (ids: Ids) => ({ personId: ids.person, changes: { maxPerHour: 1 } }),
  },
  "(workspace)/settings/people/preferences-actions.ts#revokeLink": {
    role: "admin",
    input: (ids: Ids) => ({ personId: ids.person }),
  },
  "(workspace)/notifications/actions.ts#readNotification": {
    role: "member",
    input: withId("notification"),
  },
  "(workspace)/preferences/actions.ts#saveOwnPreferences": { role: "member", input: {} },
  "(workspace)/preferences/actions.ts#sendHeldNow": {
    role: "member",
    input: withId("notification"),
  },
  "(workspace)/preferences/actions.ts#readHeldNow": {
    role: "member",
    input: withId("notification"),
  },
  "(workspace)/preferences/actions.ts#muteHeldNow": {
    role: "member",
    input: withId("notification", { span: "hour" }),
  },
  "(workspace)/preferences/actions.ts#sendTest": { role: "member", input: { channel: "web" } },
  "(workspace)/preferences/actions.ts#askForCode": { role: "member", input: withId("person") },
  "(workspace)/preferences/actions.ts#proveOwnWhatsapp": {
    role: "member",
    input: { code: "123456" },
  },
  "(workspace)/preferences/actions.ts#confirmCode": {
    role: "member",
    input: withId("person", { code: "123456" }),
  },
  "(workspace)/actions.ts#chooseWorkspace": {
    role: "member",
    input: (ids: Ids) => ({ workspaceId: ids.workspace }),
  },
  "(workspace)/actions.ts#signOutOfEverything": { role: "member", input: null },
  "(workspace)/actions.ts#dismissAlert": { role: "admin", input: withId("alert") },
  "(workspace)/actions.ts#releaseWaiting": {
    role: "admin",
    input: withId("integration", { dropOlderThan: null }),
  },
  "(workspace)/settings/integrations/template-actions.ts#refreshTemplates": {
    role: "admin",
    input: withId("integration"),
  },
  "(workspace)/settings/integrations/webhook-actions.ts#checkWebhook": {
    role: "admin",
    input: withId("integration"),
  },
  "(workspace)/settings/integrations/webhook-actions.ts#recoverMissed": {
    role: "admin",
    input: withId("integration"),
  },
  "(workspace)/settings/integrations/webhook-actions.ts#setWebhook": {
    role: "admin",
    input: withId("integration"),
  },
  "(workspace)/tasks/actions.ts#correctTask": {
    role: "agent",
    input: withId("task", { number: "+33199000499" }),
  },
  "(workspace)/tasks/actions.ts#sendTaskAgain": { role: "agent", input: withId("task") },
  "(workspace)/tasks/actions.ts#closeTask": { role: "agent", input: withId("task") },
  "(workspace)/tasks/actions.ts#switchSender": {
    role: "agent",
    input: (ids: Ids) => ({ id: ids.task, integrationId: ids.integration }),
  },
  "(workspace)/inbox/actions.ts#sendTemplate": {
    role: "agent",
    input: (ids: Ids) => ({
      conversationId: ids.conversation,
      contentSid: "HX1",
      variables: {},
      clientId: text.clientId,
    }),
  },
  "(workspace)/inbox/actions.ts#recordConsent": {
    role: "agent",
    input: (ids: Ids) => ({
      personId: ids.person,
      integrationId: ids.integration,
      state: "opted_out",
      words: "attack",
    }),
  },
  "(workspace)/inbox/actions.ts#dismissStop": {
    role: "agent",
    input: (ids: Ids) => ({ messageId: ids.message }),
  },
  "(workspace)/settings/costs/actions.ts#savePrices": { role: "admin", input: { prices: [] } },
  "(workspace)/settings/costs/actions.ts#saveCaps": {
    role: "admin",
    input: { currency: "EUR", softCap: null, hardCap: null },
  },
  "(workspace)/inbox/actions.ts#sendReply": {
    role: "agent",
    input: (ids: Ids) => ({ conversationId: ids.conversation, afterSeq: 0, force: true, ...text }),
  },
  "(workspace)/inbox/actions.ts#startConversation": {
    role: "agent",
    input: (ids: Ids) => ({ to: "+33612345678", integrationId: ids.integration, ...text }),
  },
  "(workspace)/inbox/actions.ts#assignConversation": {
    role: "agent",
    input: (ids: Ids) => ({ conversationId: ids.conversation, assigneeId: null }),
  },
  "(workspace)/inbox/actions.ts#setConversationState": {
    role: "agent",
    input: (ids: Ids) => ({ conversationId: ids.conversation, state: "resolved" }),
  },
  "(workspace)/inbox/actions.ts#markRead": {
    role: "agent",
    input: (ids: Ids) => ({ conversationId: ids.conversation, seq: 1 }),
  },
  "(workspace)/inbox/actions.ts#markUnread": {
    role: "agent",
    input: (ids: Ids) => ({ conversationId: ids.conversation }),
  },
  "(workspace)/inbox/actions.ts#setBlocked": {
    role: "agent",
    input: (ids: Ids) => ({ personId: ids.person, blocked: true }),
  },
  "(workspace)/inbox/actions.ts#updateContact": {
    role: "agent",
    input: (ids: Ids) => ({ personId: ids.person, name: "attack", company: null, notes: null }),
  },
  "(workspace)/inbox/actions.ts#retryMessage": {
    role: "agent",
    input: (ids: Ids) => ({ messageId: ids.message }),
  },
  "(workspace)/inbox/actions.ts#confirmMessage": {
    role: "agent",
    input: (ids: Ids) => ({ messageId: ids.message }),
  },
  "(workspace)/inbox/actions.ts#cancelMessage": {
    role: "agent",
    input: (ids: Ids) => ({ messageId: ids.message }),
  },
  "(workspace)/settings/api-keys/actions.ts#makeApiKey": { role: "admin", input: null },
  "(workspace)/settings/api-keys/actions.ts#endApiKey": { role: "admin", input: withId("apiKey") },
  "(workspace)/settings/integrations/actions.ts#connectIntegration": { role: "admin", input: null },
  "(workspace)/settings/integrations/actions.ts#changeIntegration": {
    role: "admin",
    input: withId("integration", { isActive: false }),
  },
  "(workspace)/settings/integrations/actions.ts#removeIntegration": {
    role: "admin",
    input: withId("integration"),
  },
  "(workspace)/settings/integrations/test-actions.ts#testNumber": {
    role: "admin",
    input: withId("integration", { to: "+33612345678" }),
  },
  "(workspace)/settings/integrations/test-actions.ts#readIntegrationTest": {
    role: "admin",
    input: withId("message"),
  },
  "(workspace)/settings/webhooks/actions.ts#addEndpoint": { role: "admin", input: null },
  "(workspace)/settings/webhooks/actions.ts#changeEndpoint": {
    role: "admin",
    input: withId("webhookEndpoint", { isActive: false }),
  },
  "(workspace)/settings/webhooks/actions.ts#renewSecret": {
    role: "admin",
    input: withId("webhookEndpoint"),
  },
  "(workspace)/settings/webhooks/actions.ts#removeEndpoint": {
    role: "admin",
    input: withId("webhookEndpoint"),
  },
  "(workspace)/settings/webhooks/actions.ts#tryEndpoint": {
    role: "admin",
    input: withId("webhookEndpoint"),
  },
  "(workspace)/settings/webhooks/actions.ts#replayEvent": {
    role: "admin",
    input: (ids: Ids) => ({ id: ids.webhookEndpoint, deliveryId: ids.webhookDelivery }),
  },
  "(workspace)/settings/webhooks/actions.ts#replayFailed": {
    role: "admin",
    input: withId("webhookEndpoint", { hours: 24 }),
  },
  "(workspace)/settings/people/actions.ts#invitePerson": { role: "admin", input: null },
  "(workspace)/settings/people/actions.ts#takeBackInvitation": {
    role: "admin",
    input: withId("invitation"),
  },
  "(workspace)/settings/people/actions.ts#changePersonRole": {
    role: "admin",
    input: withId("user", { role: "member" }),
  },
  "(workspace)/settings/people/actions.ts#savePhone": {
    role: "admin",
    input: withId("user", { phoneNumber: "+33612345699" }),
  },
  "(workspace)/settings/people/actions.ts#makeResetLink": { role: "admin", input: withId("user") },
  "(workspace)/settings/people/actions.ts#deactivatePerson": {
    role: "admin",
    input: withId("user"),
  },
  "(workspace)/settings/people/actions.ts#reactivatePerson": {
    role: "admin",
    input: withId("user"),
  },
  "(workspace)/settings/profile/actions.ts#saveOwnPassword": { role: "member", input: null },
  "(workspace)/settings/profile/actions.ts#saveOwnPhone": { role: "member", input: null },
  "(workspace)/settings/profile/actions.ts#proveOwnPhone": { role: "member", input: null },
  "(workspace)/settings/profile/actions.ts#signOutOfOthers": { role: "member", input: null },
  "(workspace)/settings/notification-types/actions.ts#makeType": {
    role: "admin",
    input: { key: "attack.made", kind: "alert", category: "attacks", ...attackType },
  },
  "(workspace)/settings/notification-types/actions.ts#saveType": {
    role: "admin",
    input: () => ({ key: "victim.own", ...attackType }),
  },
  "(workspace)/settings/notification-types/actions.ts#saveVariables": {
    role: "admin",
    input: () => ({ key: "victim.own", variables: [{ name: "attack", type: "text" }] }),
  },
  "(workspace)/settings/notification-types/actions.ts#savePlan": {
    role: "admin",
    input: () => ({ key: "victim.own", canceledBy: ["attack.made"], reminderPlan: [] }),
  },
  "(workspace)/settings/notification-types/actions.ts#dropType": {
    role: "admin",
    input: () => ({ key: "victim.own" }),
  },
  "(workspace)/settings/sending/actions.ts#changeSending": {
    role: "admin",
    input: { all: true, sms: true },
  },
  "(workspace)/settings/notifications/actions.ts#saveSettings": {
    role: "admin",
    input: { demandsVerified: true },
  },
  "(workspace)/settings/workspace/actions.ts#saveWorkspace": { role: "admin", input: null },
  "(workspace)/simulator/actions.ts#sendFromPhone": {
    role: "member",
    input: { phone: "+33612345678", to: "+33199000000", body: "attack" },
  },
  "(workspace)/simulator/actions.ts#addPhone": {
    role: "member",
    input: { phone: "+33612345678", name: "attack" },
  },
  "(workspace)/simulator/actions.ts#setSwitches": { role: "member", input: null },
  "(workspace)/simulator/actions.ts#calmDown": { role: "member", input: { phone: null } },
  "(workspace)/simulator/actions.ts#closeWindow": { role: "member", input: null },
  "(workspace)/simulator/actions.ts#answerMail": {
    role: "member",
    input: { id: text.clientId, type: "bounced" },
  },
  "(workspace)/simulator/actions.ts#unsubscribeFromMail": {
    role: "member",
    input: { id: text.clientId },
  },
  "(workspace)/simulator/actions.ts#refuseConnections": { role: "member", input: { seconds: 1 } },
  "(workspace)/simulator/actions.ts#resetNetwork": { role: "admin", input: {} },
};
