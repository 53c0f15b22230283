import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Every file that is or could be committed. */
export function listedFiles(): string[] {
  const args = ["ls-files", "-co", "--exclude-standard", "-z"];
  const listed = execFileSync("git", args, { encoding: "utf8" });
  return listed.split("\0").filter((file) => file && existsSync(file));
}
