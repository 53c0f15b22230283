import type { ClassifiableMessage } from "../classify";
import { readReplyWord } from "./read-reply-code";
import { actionOf, type ReplyAction, type ReplyCode } from "./reply-code";

/** How long a notification waits for its answer, and an offered list for its number. */
export const ANSWERED_WITHIN_HOURS = 72;
/** As many as one digit tells apart. */
const LONGEST_LIST = 9;

/** A notification that this sender sent to this person: one conversation's, never another's. */
export type AnswerableNotification = {
  readonly id: string;
  readonly sentAt: Date;
  readonly answeredAt: Date | null;
  readonly codes: readonly ReplyCode[];
  /** What it is about; null: only itself. */
  readonly subject: { readonly type: string; readonly id: string } | null;
};

/** The last numbered list that was sent in the conversation, its first choice being number 1. */
export type OfferedList = {
  readonly offeredAt: Date;
  readonly choices: readonly { readonly notificationId: string; readonly action: ReplyAction }[];
};

type Candidate<N> = { readonly notification: N; readonly action: ReplyAction };

/**
 * `matched`: do `action` to `notification`; the older ones `alsoAnswered` asked the same about the same
 * subject. `ambiguous`: offer `choices` as a list numbered from 1. `no_code`: an ordinary message.
 */
export type ReplyVerdict<N> =
  | (Candidate<N> & { readonly kind: "matched"; readonly alsoAnswered: readonly N[] })
  | { readonly kind: "ambiguous"; readonly choices: readonly Candidate<N>[] }
  | { readonly kind: "no_code" };

/** Of a message that is a code. */
export type CodeVerdict<N> = Exclude<ReplyVerdict<N>, { readonly kind: "no_code" }>;

type Reply<N> = {
  readonly message: ClassifiableMessage;
  /** When it came. */
  readonly at: Date;
  readonly notifications: readonly N[];
  readonly offered: OfferedList | null;
};

/**
 * What an inbound message answers ("Reply codes" of the domain rules): the newest unanswered notification
 * of that sender to that person within 72 h that offers the code; those about one subject are one question,
 * and where several questions are open, a numbered list is offered. A number answers the list as long as
 * nothing newer offers that number as its own code.
 */
export function judgeReply<N extends AnswerableNotification>(reply: Reply<N>): ReplyVerdict<N> {
  const word = readReplyWord(reply.message);
  if (word === null) return { kind: "no_code" };
  const open = reply.notifications
    .filter(({ sentAt, answeredAt }) => answeredAt === null && isRecent(sentAt, reply.at))
    .toSorted(newestFirst);
  const questions = bySubject(
    open.flatMap((notification) => {
      const action = actionOf(word, notification.codes);
      return action === null ? [] : [{ notification, action }];
    }),
  );
  const [question, ...others] = chosenFromList(word, reply, open) ?? questions;
  if (!question) return { kind: "no_code" };
  if (others.length === 0) return matched(question);
  return { kind: "ambiguous", choices: [question, ...others].slice(0, LONGEST_LIST).map(newestOf) };
}

/** The candidates of one subject, newest first; never empty. */
type Question<N> = readonly [Candidate<N>, ...Candidate<N>[]];

/** The question that the number stands for; null: the word is no number of a list that still holds. */
function chosenFromList<N extends AnswerableNotification>(
  word: string,
  { offered, at }: Reply<N>,
  open: readonly N[],
): readonly Question<N>[] | null {
  if (offered === null || !isRecent(offered.offeredAt, at) || !/^[1-9]$/.test(word)) return null;
  const isOvertaken = open.some(
    ({ sentAt, codes }) => sentAt > offered.offeredAt && actionOf(word, codes) !== null,
  );
  const choice = offered.choices[Number(word) - 1];
  const notification = open.find(({ id }) => id === choice?.notificationId);
  if (isOvertaken || !choice || !notification) return null;
  const { action } = choice;
  const same = open.filter(
    (one) => keyOf(one) === keyOf(notification) && one.codes.some((code) => code.action === action),
  );
  return bySubject(same.map((one) => ({ notification: one, action })));
}

function bySubject<N extends AnswerableNotification>(
  candidates: readonly Candidate<N>[],
): readonly Question<N>[] {
  const questions = new Map<string, [Candidate<N>, ...Candidate<N>[]]>();
  for (const candidate of candidates) {
    const key = keyOf(candidate.notification);
    const known = questions.get(key);
    if (known) known.push(candidate);
    else questions.set(key, [candidate]);
  }
  return [...questions.values()];
}

function matched<N>([newest, ...older]: Question<N>): ReplyVerdict<N> {
  return { kind: "matched", ...newest, alsoAnswered: older.map((one) => one.notification) };
}

function newestOf<N>([newest]: Question<N>): Candidate<N> {
  return newest;
}

function keyOf({ id, subject }: AnswerableNotification): string {
  return JSON.stringify(subject === null ? [id] : [subject.type, subject.id]);
}

function isRecent(moment: Date, at: Date): boolean {
  const age = at.getTime() - moment.getTime();
  return age >= 0 && age <= ANSWERED_WITHIN_HOURS * 3_600_000;
}

/** Ids are UUIDv7: of one millisecond the greater is the later. */
function newestFirst(a: AnswerableNotification, b: AnswerableNotification): number {
  return b.sentAt.getTime() - a.sentAt.getTime() || (a.id < b.id ? 1 : -1);
}
