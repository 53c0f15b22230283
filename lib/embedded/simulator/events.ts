import type { ServerResponse } from "node:http";

export type NetworkEventName = "message" | "mail" | "phone" | "switches" | "accounts" | "reset";

/** The stream that the screen follows. Nothing is built while nobody listens. */
export type NetworkEvents = {
  tell(name: NetworkEventName, data: unknown): void;
  open(response: ServerResponse): void;
  close(): void;
};

export function createEvents(): NetworkEvents {
  const listeners = new Set<ServerResponse>();
  const heartbeat = setInterval(() => {
    for (const listener of listeners) listener.write(": still here\n\n");
  }, 15_000);
  heartbeat.unref();
  return {
    tell(name, data) {
      if (listeners.size === 0) return;
      const text = `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
      for (const listener of listeners) listener.write(text);
    },
    open(response) {
      response.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
      });
      response.write("retry: 1000\n\n");
      listeners.add(response);
      response.on("close", () => listeners.delete(response));
    },
    close() {
      clearInterval(heartbeat);
      for (const listener of listeners) listener.end();
      listeners.clear();
    },
  };
}
