import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher, Pool } from "undici";

export type HttpAnswer = { statusCode: number; headers: IncomingHttpHeaders; body: string };

class TimedOut extends Error {
  readonly code = "ETIMEDOUT";
  constructor(ms: number) {
    super(`no complete answer within ${ms} ms`);
  }
}

type Limits = { timeoutMs: number; maxBytes: number };

/**
 * One request and its whole answer as text. By undici's `dispatch`: its `request` makes a stream and
 * an abort signal for each, which cost as much again as the exchange itself.
 *
 * @throws what undici throws; an `ETIMEDOUT` where the answer is not complete after `timeoutMs`; an error
 * without a code where it is longer than `maxBytes`: no more of it is read, nor kept.
 */
export function callForText(
  pool: Pool,
  request: Dispatcher.DispatchOptions,
  { timeoutMs, maxBytes }: Limits,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const answer: Omit<HttpAnswer, "body"> = { statusCode: 0, headers: {} };
    const chunks: Buffer[] = [];
    let size = 0;
    let late: TimedOut | null = null;
    let controller: Dispatcher.DispatchController | null = null;
    const timer = setTimeout(() => {
      late = new TimedOut(timeoutMs);
      controller?.abort(late);
      reject(late);
    }, timeoutMs);
    pool.dispatch(request, {
      onRequestStart: (started) => {
        controller = started;
        // It waited for a connection for too long and must not leave any more.
        if (late) started.abort(late);
      },
      onResponseStart: (_, statusCode, headers) =>
        void Object.assign(answer, { statusCode, headers }),
      onResponseData: (response, chunk) => {
        size += chunk.length;
        if (size > maxBytes) response.abort(new Error(`the answer is over ${maxBytes} bytes`));
        else chunks.push(chunk);
      },
      onResponseEnd: () => {
        clearTimeout(timer);
        resolve({ ...answer, body: Buffer.concat(chunks).toString() });
      },
      onResponseError: (_, error) => {
        clearTimeout(timer);
        reject(error);
      },
    });
  });
}
