import { describeError } from "./provider-errors";

/** What is known of a create call that did not end in a readable 2xx. */
export type SendFailure = {
  /** null: no answer came. */
  readonly httpStatus: number | null;
  /** The provider's code, or the machine's (`ECONNRESET`). */
  readonly code: string | null;
  readonly message: string;
  /** Seconds, from Retry-After. */
  readonly retryAfter: number | null;
  /** true when no byte of the request can have left: name look-up, connect, TLS handshake. */
  readonly isBeforeRequest: boolean;
};

/** The outcomes of Sending 5 but `accepted`, in the shape of the port's `SendOutcome`. */
export type FailureOutcome =
  | {
      readonly kind: "rejected";
      readonly fault: "permanent" | "configuration";
      readonly code: string;
      readonly message: string;
      readonly httpStatus: number | null;
    }
  | {
      readonly kind: "retry";
      readonly isThrottle: boolean;
      readonly code: string;
      readonly message: string;
      readonly retryAfter: number | null;
    }
  | { readonly kind: "unreachable"; readonly reason: string }
  | { readonly kind: "unknown"; readonly reason: string; readonly httpStatus: number | null };

/** Codes that say by themselves that nothing was sent. */
const NEVER_SENT = new Set(["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "UND_ERR_CONNECT_TIMEOUT"]);

/**
 * Sorts a failed create call (Sending 5, reference §7): an answer is judged by the table, silence is
 * `unreachable` only where it is certain that nothing left, and everything else is `unknown`.
 */
export function classifyFailure(failure: SendFailure): FailureOutcome {
  const { httpStatus, code, message } = failure;
  if (httpStatus === null) {
    const isCertain = failure.isBeforeRequest || (code !== null && NEVER_SENT.has(code));
    const reason = code === null ? message : `${code}: ${message}`;
    return isCertain
      ? { kind: "unreachable", reason }
      : { kind: "unknown", reason, httpStatus: null };
  }
  if (httpStatus === 429) return retry(failure, true);
  if (httpStatus < 400 || httpStatus >= 500 || httpStatus === 408) {
    return { kind: "unknown", reason: message, httpStatus };
  }
  return classifyRefusal(failure, httpStatus);
}

/** A 4xx: the provider did not take it, and says why. */
function classifyRefusal(failure: SendFailure, httpStatus: number): FailureOutcome {
  const code = failure.code ?? (httpStatus === 401 ? "20003" : String(httpStatus));
  const { class: meaning } = describeError(code);
  switch (meaning) {
    case "transient":
      return retry(failure, false);
    case "ambiguous":
      return { kind: "unknown", reason: `${code}: ${failure.message}`, httpStatus };
    case "permanent":
    case "configuration":
      return { kind: "rejected", fault: meaning, code, message: failure.message, httpStatus };
    default:
      return meaning satisfies never;
  }
}

function retry(failure: SendFailure, isThrottle: boolean): FailureOutcome {
  const { code, message, retryAfter } = failure;
  return { kind: "retry", isThrottle, code: code ?? "429", message, retryAfter };
}
