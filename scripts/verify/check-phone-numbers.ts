import { readFileSync } from "node:fs";
import { listedFiles } from "./listed-files";

/** Numbers that reach nobody, or that their owner publishes for this use. */
const HARMLESS = [
  // Set aside for fiction by ARCEP, the North American plan, Ofcom and the Bundesnetzagentur.
  /^\+33199\d+$/,
  /^\+1\d{3}555\d{4}$/,
  /^\+442079460\d+$/,
  /^\+493023125\d+$/,
  // Counted through or repeated: nobody was ever given these by chance.
  /12345/,
  /(\d)\1{3}/,
  /998877/,
  // Twilio's sandbox, and the number of its published signature vectors.
  /^\+14155238886$/,
  /^\+14158675309$/,
  // A number of the numbering plan's own example for the overseas departments.
  /^\+262639690123$/,
  /^\+33757900001$/,
];

const NUMBER = /\+[1-9]\d{9,14}\b/g;

/** R324: no phone number that could be somebody's stands in the repository. */
function main() {
  const files = listedFiles().filter((file) => !/\.(png|ico|woff2)$/.test(file));
  const found = files.flatMap((file) => suspectsOf(file).map((number) => `${file}: ${number}`));
  if (found.length === 0) return;
  console.log(
    `Might be somebody's number; take one that is set aside for fiction:\n${found.join("\n")}`,
  );
  process.exitCode = 1;
}

function suspectsOf(file: string): string[] {
  const numbers = readFileSync(file, "utf8").match(NUMBER) ?? [];
  return numbers.filter((number) => !HARMLESS.some((pattern) => pattern.test(number)));
}

main();
