import { pipeline, type Readable, Transform } from "node:stream";

/** Bytes. Publish answers with a few hundred; an error with its words. */
const MAX_ANSWER_BYTES = 1024 * 1024;

type Handled = { response: unknown };

/**
 * A step of the SDK, next to the wire: it reads an answer whole before it looks at it, so one without end
 * would fill the memory. Longer ones end in an error, and their connection with them.
 */
export function refuseLongAnswers<Given, Output extends Handled>(
  next: (args: Given) => Promise<Output>,
) {
  return async (args: Given): Promise<Output> => {
    const handled = await next(args);
    const response = handled.response as { body?: Readable };
    if (response.body) response.body = atMost(response.body);
    return handled;
  };
}

function atMost(body: Readable): Readable {
  let size = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size <= MAX_ANSWER_BYTES) done(null, chunk);
      else done(new Error(`the answer is over ${MAX_ANSWER_BYTES} bytes`));
    },
  });
  // Whoever reads `counted` is told of an error by that itself.
  return pipeline(body, counted, () => undefined);
}
