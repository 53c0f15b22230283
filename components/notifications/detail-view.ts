import type { Severity } from "@/lib/domain/deciding/words";
import type { AskedRequest } from "@/lib/domain/history/asked-request";
import type { DeliveryState } from "@/lib/domain/history/delivery-state";
import type { ReplyAction } from "@/lib/domain/reply-codes/reply-code";
import type { AttemptOutcome } from "@/lib/domain/words";
import type { DeliveryLine } from "./delivery-line";

/** A notification with all that was decided and tried, in the reader's words; times ISO 8601. */
export type DetailView = {
  id: string;
  title: string;
  body: string;
  recipient: string;
  type: string;
  severity: Severity;
  /** By a reply code. */
  answer: ReplyAction | null;
  createdAt: string;
  deliveries: DeliveryView[];
};

export type DeliveryView = DeliveryLine & {
  /** May somebody who administers have it decided again? */
  mayBeResent: boolean;
  decisions: DecisionView[];
  messages: MessageView[];
};

export type DecisionView = {
  at: string;
  state: DeliveryState;
  sentence: string;
  /** The gate that decided; null: all let it by. */
  gate: string | null;
  passed: { gate: string; sentence: string }[];
  isResent: boolean;
};

export type MessageView = {
  id: string;
  state: DeliveryState;
  request: AskedRequest;
  attempts: {
    number: number;
    startedAt: string;
    finishedAt: string | null;
    outcome: AttemptOutcome | null;
    providerId: string | null;
    httpStatus: number | null;
    errorCode: string | null;
    errorMessage: string | null;
  }[];
  lines: { at: string; event: string; words: string | null }[];
};
