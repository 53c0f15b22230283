import { createServer } from "node:net";

/** A loopback port that can be listened on: `preferred` when it is free, else any. */
export async function findFreePort(preferred = 0): Promise<number> {
  const port = preferred > 65_535 ? 0 : preferred;
  return (await tryPort(port)) ?? (await tryPort(0)) ?? 0;
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(null));
    probe.listen(port, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : null));
    });
  });
}
