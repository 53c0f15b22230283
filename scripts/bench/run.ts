export {};

/** `npm run bench -- inbound | inbound-watched | outbound | backlog | inbox | notify`: prints one line of JSON. */
const BENCHES = ["inbound", "inbound-watched", "outbound", "backlog", "inbox", "notify"];

type BenchModule = { bench: () => Promise<Record<string, unknown>> };

const [name = ""] = process.argv.slice(2);
if (BENCHES.includes(name)) {
  const { bench } = (await import(`./${name}.ts`)) as BenchModule;
  console.log(JSON.stringify(await bench()));
} else {
  console.error(`Which benchmark? npm run bench -- ${BENCHES.join(" | ")}`);
  process.exitCode = 1;
}
