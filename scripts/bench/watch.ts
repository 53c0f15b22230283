import { get } from "node:http";

/** Holds one live stream a cookie open and reads it, as a browser would; ends when its input does. */
const { origin, cookies } = JSON.parse(process.env.WATCH ?? "{}") as {
  origin: string;
  cookies: string[];
};

let bytes = 0;
/** How often one was told that it missed something. */
let resyncs = 0;
await Promise.all(cookies.map(watch));
console.log("all are watching");
process.stdin.resume().once("end", () => {
  console.log(JSON.stringify({ megabytes: Math.round(bytes / 1e6), resyncs }));
  process.exit();
});

function watch(cookie: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get(`${origin}/api/realtime`, { headers: { cookie } }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`refused: ${response.statusCode}`));
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (chunk.includes('"type":"resync"')) resyncs += 1;
      });
      response.once("close", () => console.error("a watcher was given up"));
      resolve();
    }).once("error", reject);
  });
}
