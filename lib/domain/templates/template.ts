import { READY_TYPES } from "../notification-types/ready-types";
import type { ReplyCode } from "../reply-codes/reply-code";
import { replyHint } from "../reply-codes/reply-hint";
import type { Channel, Locale } from "../words";
import type { Variable } from "./variables";

/** Of no notification type: sent by name, with variables of its own (R106). */
export const CUSTOM_EVENT = "custom";

/** What a template can be of. */
export const TEMPLATE_EVENTS: readonly string[] = [
  ...READY_TYPES.map(({ key }) => key),
  CUSTOM_EVENT,
];

/** WhatsApp: what stands in for a text outside the 24 h, approved for one integration's account. */
export type ApprovedContent = {
  /** Twilio's HX…. */
  readonly contentSid: string;
  /** By the name of a place in the approved text, Liquid that fills it: `{{ customer_name }}`. */
  readonly variables: Readonly<Record<string, string>>;
};

/** What is said on a channel in a language. */
export type TemplateWords = {
  readonly event: string;
  readonly channel: Channel;
  readonly locale: Locale;
  /** E-mail: text; else null. */
  readonly subject: string | null;
  /** HTML in an e-mail, else text. */
  readonly body: string;
  /** Those that may stand in it. */
  readonly variables: readonly Variable[];
};

/** A template as a workspace has it. */
export type Template = TemplateWords & {
  readonly id: string;
  readonly name: string;
  /** Else the shipped words hold, and a custom one cannot be sent. */
  readonly isActive: boolean;
  /** 0: as shipped. */
  readonly version: number;
  /** By integration. */
  readonly approved: Readonly<Record<string, ApprovedContent>>;
};

type Place = Pick<TemplateWords, "event" | "channel" | "locale">;

/** What may stand in a template of an event: what the event brings; null: the template names its own. */
export function variablesOfEvent({ event, channel, locale }: Place): readonly Variable[] | null {
  const type = READY_TYPES.find(({ key }) => key === event);
  return type ? variablesOfType(type, { channel, locale }) : null;
}

type Answered = { variables: readonly Variable[]; replyCodes: readonly ReplyCode[] };

/**
 * What may stand in a template of a type: what its events bring, and in texts what may be answered, which
 * is nothing where the type has no codes.
 */
export function variablesOfType(
  { variables, replyCodes }: Answered,
  { channel, locale }: Omit<Place, "event">,
): readonly Variable[] {
  if (channel === "email") return variables;
  return [...variables, hintVariable(replyHint(replyCodes, locale))];
}

/** Named in texts, which can be answered; the product itself fills it (`withReplyHint`). */
export const REPLY_HINT = "reply_hint";

function hintVariable(hint: string): Variable {
  return { name: REPLY_HINT, type: "text", default: "", examples: { short: hint, long: hint } };
}

/** The data of a notification with what may be answered to it by a channel: nothing to an e-mail. */
export function withReplyHint(
  data: Readonly<Record<string, unknown>>,
  codes: readonly ReplyCode[],
  { channel, locale }: Omit<Place, "event">,
): Readonly<Record<string, unknown>> {
  return { ...data, [REPLY_HINT]: channel === "email" ? "" : replyHint(codes, locale) };
}
