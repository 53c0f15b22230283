import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { findFreePort } from "../../lib/embedded/free-port";
import { readOptions } from "./options";
import { listen } from "./web-server";

/** Longer than a test may take: what is waited for so long fails it. */
const GRACE_MS = 600_000;

async function open(handle: Parameters<Awaited<ReturnType<typeof listen>>["open"]>[0]["next"]) {
  const port = await findFreePort();
  const web = await listen(readOptions([], { PORT: String(port) }));
  web.open({ next: handle, fastLane: null, apiLane: null });
  return { web, port, origin: `http://127.0.0.1:${port}` };
}

describe("the end of the web server", () => {
  it("does not wait for connections on which nothing was asked", async () => {
    const { web, port } = await open((_, response) => response.end());
    const spare = connect(port, "127.0.0.1");
    await once(web.server, "connection");
    const gone = once(spare, "close");
    spare.resume();
    await web.close(GRACE_MS);
    await gone;
  });

  it("waits for the answer under way, and not for the connection that is kept after it", async () => {
    const { web, origin } = await open(() => undefined);
    const answer = fetch(origin);
    const [, response] = await once(web.server, "request");
    const closed = web.close(GRACE_MS);
    response.end("in full");
    expect(await (await answer).text()).toBe("in full");
    await closed;
  });

  it("cuts off what lasts longer than its time", async () => {
    const { web, origin } = await open(() => undefined);
    const answer = fetch(origin).then(
      () => "answered",
      () => "cut off",
    );
    await once(web.server, "request");
    await web.close(1);
    expect(await answer).toBe("cut off");
  });
});
