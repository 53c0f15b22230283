import { z } from "zod";
import { REPLACED_CHANNELS } from "@/lib/domain/deciding/next-channel";
import {
  FATES,
  NOTIFICATION_CHANNELS,
  NOTIFICATION_KINDS,
  SEVERITIES,
} from "@/lib/domain/deciding/words";
import { DELIVERY_STATES } from "@/lib/domain/history/delivery-state";
import {
  type CodeFault,
  checkReplyCodes,
  REPLY_ACTIONS,
} from "@/lib/domain/reply-codes/reply-code";
import { ATTEMPT_OUTCOMES, CHANNELS, MESSAGE_STATUSES, PROVIDERS } from "@/lib/domain/words";
import { freeData, id, idParams, line, moment, time, words } from "@/lib/http/fields";
import { defineOperation } from "@/lib/http/operation";
import { pageOf, pageQuery } from "@/lib/http/pagination";
import { totals, totalsByKey } from "../admin/schema";

export const recipient = z
  .union(
    [
      z.strictObject({ userId: id }),
      z.strictObject({ contactId: id }),
      z.strictObject({ phone: line(40) }),
      z.strictObject({ email: line(254) }),
    ],
    "Name one of userId, contactId, phone or email",
  )
  .meta({ description: "A phone number or e-mail address that nobody has becomes a contact" });

export const subject = z.strictObject({
  type: line(64),
  id: line(200),
  title: line(200),
  url: z
    .url({ protocol: /^https?$/, error: "Must be a link that begins with https://" })
    .max(500, "At most 500 characters")
    .optional(),
  dueAt: moment.transform((at) => at.toISOString()).optional(),
  dueOn: z.iso.date("Must be a date, like 2026-11-30").optional(),
});

/** Of `GET /notification-types`, or a kind for what is of no type. */
export const typeKey = line(64).meta({
  description: "A type of the workspace, or alert, transactional, reminder for what is of none",
  example: "security.anomaly",
});

const severity = z.enum(SEVERITIES);
const own = z.enum(["true"]).meta({ description: "Administrators: only their own" });
const data = freeData.default({});
const title = line(200);
const message = words(1400);

const replyCode = z.strictObject({ word: line(20), action: z.enum(REPLY_ACTIONS) });

const FAULTS: Record<CodeFault["fault"], string> = {
  not_one_word: "Must be one word of 1 to 20 letters and digits",
  consent_word: "Stops or starts messages, or calls for help: it cannot be a reply code",
  greeting: "Begins a talk: it must reach a person",
  two_meanings: "Would do two things",
};

const replyCodes = z
  .array(replyCode)
  .max(10, "At most 10")
  .superRefine((codes, context) => {
    for (const { word, fault } of checkReplyCodes(codes)) {
      const nth = codes.findIndex((code) => code.word === word);
      context.addIssue({ code: "custom", path: [nth, "word"], message: FAULTS[fault] });
    }
  })
  .meta({
    description:
      "What the recipient may answer by text within 72 h; say it in the message. Left out: what the type offers",
  });

const notificationBody = z.strictObject({
  recipient,
  type: typeKey,
  severity: severity.optional().meta({ description: "Left out: the type's usual one" }),
  title,
  message,
  data,
  subject: subject.optional(),
  channels: z
    .array(z.enum(NOTIFICATION_CHANNELS))
    .min(1, "Name at least one channel, or leave it out for all")
    .optional(),
  sendImmediately: z.boolean().default(false).meta({
    description: "Passes quiet hours, working hours and gathering; never consent, choices or caps",
  }),
  expiresAt: moment.optional(),
  replyCodes: replyCodes.optional(),
});

const example = {
  recipient: { phone: "0612345678" },
  type: "security.anomaly",
  severity: "high",
  title: "🚨 Anomaly at the north gate",
  message: "Somebody has been standing there for 20 minutes.",
};

export const delivery = z
  .object({
    channel: z.enum(NOTIFICATION_CHANNELS),
    insteadOf: z.enum(REPLACED_CHANNELS).nullable().meta({
      description:
        "In whose place the channel is used: WhatsApp, outside its 24 h and without an approved text; null: it was asked for",
    }),
    status: z.enum(FATES).meta({ description: "`queued`: its message is in the outbox" }),
    reason: z.string(),
    sentence: z.string().meta({ description: "The reason in words, in French or English" }),
    releaseAt: time.nullable().meta({ description: "When it is decided again; null: never" }),
    messageId: z.uuid().nullable(),
  })
  .meta({ id: "Delivery" });

const explained = delivery.omit({ messageId: true });

export const raised = z
  .object({ id, deliveries: z.array(delivery) })
  .meta({ id: "RaisedNotification" });

export const notification = z
  .object({
    id,
    personId: id,
    kind: z.enum(NOTIFICATION_KINDS),
    type: z.string(),
    category: z.string(),
    severity,
    title: z.string(),
    message: z.string(),
    data: z.record(z.string(), z.unknown()),
    subject: z
      .object({
        type: z.string(),
        id: z.string(),
        title: z.string(),
        url: z.string().optional(),
        dueAt: z.string().optional(),
        dueOn: z.string().optional(),
      })
      .nullable(),
    expiresAt: time.nullable(),
    readAt: time.nullable(),
    replyCodes: z.array(z.object({ word: z.string(), action: z.enum(REPLY_ACTIONS) })),
    answeredAt: time.nullable(),
    answer: z.enum(REPLY_ACTIONS).nullable().meta({ description: "By a reply code" }),
    answerMessageId: z.uuid().nullable(),
    createdAt: time,
    deliveries: z.array(delivery),
  })
  .meta({ id: "Notification" });

const tag = "Notifications";
const refusals = [
  { status: 422, code: "unknown_type" },
  { status: 422, code: "recipient_not_found" },
  { status: 422, code: "invalid_phone_number" },
  { status: 422, code: "invalid_email" },
  { status: 422, code: "already_expired" },
];

export const raiseNotification = defineOperation({
  tag,
  method: "POST",
  path: "/notifications",
  summary: "Tell somebody something, on the channels they want it",
  description:
    "What becomes of it on each channel is decided at once and told with its reason; what is kept for later is decided again when its time comes. `Accept-Language: fr` gives French sentences.",
  role: "agent",
  scope: "notifications:write",
  body: notificationBody.meta({ id: "NotificationInput", example }),
  response: { status: 202, description: "What becomes of it", schema: raised },
  refusals,
  isIdempotent: true,
  isLimited: true,
});

export const explainNotification = defineOperation({
  tag,
  method: "POST",
  path: "/notifications/explain",
  summary: "What would become of a notification, and why; nothing is sent or stored",
  role: "agent",
  scope: "notifications:read",
  body: notificationBody
    .extend({ at: moment.optional() })
    .meta({ id: "ExplainInput", example: { ...example, at: "2026-11-28T01:00:00Z" } }),
  response: {
    status: 200,
    description: "The decision for every channel",
    schema: z.object({ deliveries: z.array(explained) }).meta({ id: "Explanation" }),
  },
  refusals,
});

export const raiseAlert = defineOperation({
  tag,
  method: "POST",
  path: "/alerts",
  summary: "Alert a user",
  description: "As `POST /notifications` with the type `security.<alertType>`.",
  role: "agent",
  scope: "notifications:write",
  body: z
    .strictObject({
      userId: id,
      alertType: line(55).meta({
        description: "A type of the set `security`, without the set's name",
        example: "anomaly",
      }),
      severity,
      title,
      message,
      data,
    })
    .meta({
      id: "AlertInput",
      example: {
        userId: "01a1fadb-bddb-7366-819f-07c962fce9c9",
        alertType: "suspicious_object",
        severity: "critical",
        title: "🚨 Suspicious object",
        message: "Knife, camera 3",
      },
    }),
  response: { status: 202, description: "What becomes of it", schema: raised },
  refusals: ["unknown_type", "recipient_not_found"].map((code) => ({ status: 422, code })),
  isIdempotent: true,
  isLimited: true,
});

export const listNotifications = defineOperation({
  tag,
  method: "GET",
  path: "/notifications",
  summary: "Notifications with their fates, newest first; members and agents see their own",
  role: "member",
  scope: "notifications:read",
  query: z.object({
    ...pageQuery,
    type: typeKey.optional(),
    severity: severity.optional(),
    channel: z
      .enum(NOTIFICATION_CHANNELS)
      .optional()
      .meta({ description: "Decided on this channel" }),
    status: z
      .enum(DELIVERY_STATES)
      .optional()
      .meta({ description: "Its fate on a channel (`channel`, if given), or how its message is" }),
    personId: id.optional(),
    q: line(100)
      .optional()
      .meta({ description: "Of the recipient's name or address, or of the title" }),
    unread: z.enum(["true"]).optional(),
    since: moment.optional(),
    until: moment.optional(),
    own: own.optional(),
  }),
  response: { status: 200, description: "A page of notifications", schema: pageOf(notification) },
});

export const notificationStats = defineOperation({
  tag,
  method: "GET",
  path: "/notifications/stats",
  summary: "What became of notifications, by channel and type; members and agents see their own",
  role: "member",
  scope: "notifications:read",
  query: z.object({
    since: moment.optional().meta({ description: "Raised at or after; left out: 30 days ago" }),
    until: moment.optional().meta({ description: "Raised until; left out: now" }),
    own: own.optional(),
  }),
  response: {
    status: 200,
    description: "Counts of deliveries: a notification on a channel is one",
    schema: z
      .object({
        since: time,
        until: time,
        totals,
        byChannel: z.array(totalsByKey),
        byType: z.array(totalsByKey),
        byStatus: z.array(z.object({ status: z.enum(DELIVERY_STATES), count: z.number().int() })),
      })
      .meta({ id: "NotificationStats" }),
  },
});

const passedGate = z.object({
  gate: z.string(),
  name: z.string().meta({ description: "The gate in words" }),
  reason: z.string(),
  sentence: z.string(),
});

const decision = z
  .object({
    at: time,
    status: z.enum(FATES),
    reason: z.string(),
    sentence: z.string(),
    gate: z.string().nullable().meta({ description: "The one that decided; null: all let it by" }),
    releaseAt: time.nullable(),
    passed: z.array(passedGate),
    isResent: z.boolean().meta({ description: "Decided anew by POST …/resend" }),
  })
  .meta({ id: "DeliveryDecision" });

const attempt = z.object({
  number: z.number().int(),
  startedAt: time,
  finishedAt: time.nullable(),
  outcome: z.enum(ATTEMPT_OUTCOMES).nullable().meta({ description: "null: under way" }),
  status: z.enum(MESSAGE_STATUSES).nullable().meta({ description: "By the provider's receipts" }),
  providerId: z.string().nullable(),
  httpStatus: z.number().int().nullable(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
});

const request = z
  .object({
    provider: z.enum(PROVIDERS),
    account: z.string().nullable().meta({ description: "Masked but for its ends" }),
    credentials: z.string().meta({ description: "Always masked" }),
    channel: z.enum(CHANNELS),
    from: z.string(),
    messagingServiceSid: z.string().nullable(),
    to: z.string(),
    subject: z.string().nullable(),
    body: z.string(),
    characters: z.number().int(),
    segments: z.number().int().nullable(),
    contentSid: z.string().nullable(),
  })
  .meta({ id: "ProviderRequest", description: "What the provider was asked, from the message" });

const trail = z
  .object({
    messageId: id,
    status: z.enum(MESSAGE_STATUSES),
    statusReason: z.string().nullable(),
    errorCode: z.string().nullable(),
    errorMessage: z.string().nullable(),
    request,
    attempts: z.array(attempt).meta({ description: "Each with the provider's answer" }),
    events: z.array(
      z.object({
        at: time,
        event: z.string(),
        attempt: z.number().int().nullable(),
        data: z.record(z.string(), z.unknown()),
      }),
    ),
  })
  .meta({ id: "MessageTrail" });

export const getNotification = defineOperation({
  tag,
  method: "GET",
  path: "/notifications/{id}",
  summary: "One notification with everything that was decided and tried",
  role: "member",
  scope: "notifications:read",
  params: idParams,
  response: {
    status: 200,
    description: "The notification",
    schema: notification
      .extend({
        deliveries: z.array(
          delivery.extend({ decisions: z.array(decision), messages: z.array(trail) }),
        ),
      })
      .meta({ id: "NotificationDetail" }),
  },
});

export const resendNotification = defineOperation({
  tag,
  method: "POST",
  path: "/notifications/{id}/resend",
  summary: "Decide anew what failed, was refused or expired, and truly send it",
  description:
    "The gates are asked as they stand now; only its expiry is forgotten. What arrived or is under way is left alone.",
  role: "admin",
  scope: "notifications:write",
  params: idParams,
  body: z
    .strictObject({
      channels: z
        .array(z.enum(NOTIFICATION_CHANNELS))
        .min(1, "Name at least one channel, or leave it out for all that came to nothing")
        .optional(),
    })
    .meta({ example: { channels: ["sms"] } }),
  response: { status: 202, description: "What becomes of it now", schema: raised },
  refusals: [{ status: 409, code: "nothing_to_resend" }],
  isIdempotent: true,
});
