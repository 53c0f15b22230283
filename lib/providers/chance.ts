import { randomBytes } from "node:crypto";
import { v7 } from "uuid";
import type { Chance } from "../ports/chance";

export const systemChance: Chance = {
  uuid: () => v7(),
  token: (length) => randomBytes(length).toString("base64url").slice(0, length),
  random: () => Math.random(),
};
