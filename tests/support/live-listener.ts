/** What a browser's EventSource would hear on one connection; the events by their type, in order. */
export async function listenLive(url: string, cookie: string) {
  const ending = new AbortController();
  const response = await fetch(url, { headers: { cookie }, signal: ending.signal });
  if (!response.ok || !response.body) throw new Error(`no live stream: ${response.status}`);
  const listener = {
    events: [] as string[],
    hasEnded: false,
    close: () => ending.abort(),
  };
  const read = async (body: ReadableStream<Uint8Array>) => {
    const decoder = new TextDecoder();
    let text = "";
    for await (const chunk of body) {
      const blocks = (text + decoder.decode(chunk, { stream: true })).split("\n\n");
      text = blocks.pop() ?? "";
      listener.events.push(...blocks.flatMap(typeOf));
    }
  };
  void read(response.body)
    .catch((error: Error) => {
      if (error.name !== "AbortError") throw error;
    })
    .finally(() => {
      listener.hasEnded = true;
    });
  return listener;
}

export type LiveListener = Awaited<ReturnType<typeof listenLive>>;

function typeOf(block: string): string[] {
  const data = block.split("\n").find((line) => line.startsWith("data: "));
  if (!data) return [];
  const event: { type: string } = JSON.parse(data.slice("data: ".length));
  return [event.type];
}
