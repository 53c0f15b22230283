import { describe, expect, it } from "vitest";
import { aVariable } from "../templates/template-input";
import { checkType } from "./check-type";
import { READY_TYPES } from "./ready-types";
import { buildRegistry, findRegistered, type KeptType, shipsTemplates } from "./registry";

const own: KeptType = {
  key: "order.shipped",
  kind: "transactional",
  category: "orders",
  severity: "high",
  channels: ["sms"],
  isTimeSensitive: true,
  isActive: true,
  names: { fr: "Commande expédiée", en: "Order shipped" },
  variables: [],
  replyCodes: [],
  canceledBy: ["order.returned"],
  reminderPlan: [],
};
const faultsOf = (values: Partial<KeptType>) =>
  checkType({ ...own, ...values }).map(({ path, code }) => `${path} ${code}`);

describe("buildRegistry", () => {
  it("holds the ready types as they ship where nothing is kept", () => {
    const types = buildRegistry([]);
    expect(types.map(({ key }) => key)).toEqual(READY_TYPES.map(({ key }) => key));
    expect(types.every((type) => type.origin === "ready" && type.isActive)).toBe(true);
  });

  it("a kept row sets how a ready type is told, never what it is", () => {
    const kept = {
      ...own,
      key: "security.anomaly",
      severity: "critical",
      isActive: false,
    } as const;
    const type = findRegistered(buildRegistry([kept]), "security.anomaly");
    expect(type).toMatchObject({
      origin: "changed",
      kind: "alert",
      category: "security",
      severities: ["critical", "medium", "high"],
      defaultChannels: ["sms"],
      isTimeSensitive: true,
      isActive: false,
      canceledBy: [],
    });
    expect(type && shipsTemplates(type)).toBe(true);
  });

  it("adds the workspace's own after them, with every severity", () => {
    const types = buildRegistry([own]);
    const type = types.at(-1);
    expect(types).toHaveLength(READY_TYPES.length + 1);
    expect(type).toMatchObject({
      key: "order.shipped",
      origin: "own",
      severities: ["high", "low", "medium", "critical"],
      reminder: null,
    });
    expect(type && shipsTemplates(type)).toBe(false);
  });
});

describe("checkType", () => {
  it("finds nothing wrong with a good one", () => {
    expect(faultsOf({})).toEqual([]);
  });

  it.each([
    [{ key: "shipped" }, ["key invalid_key"]],
    [{ key: "Order.Shipped" }, ["key invalid_key"]],
    [{ key: `order.${"x".repeat(59)}` }, ["key invalid_key"]],
    [{ category: "alert" }, ["category reserved_category"]],
    [{ canceledBy: ["order.returned", "returned"] }, ["canceledBy.1 invalid_key"]],
    [
      { key: "security.suspicious_object", severity: "low" as const },
      ["severity unknown_severity"],
    ],
    [
      { replyCodes: [{ word: "STOP", action: "cancel" as const }] },
      ["replyCodes.0.word reply_code"],
    ],
    [
      {
        replyCodes: [
          { word: "JEUDI", action: "confirm" as const },
          { word: "deux mots", action: "confirm" as const },
        ],
      },
      ["replyCodes.1.word reply_code"],
    ],
    [
      {
        variables: [1, 2].map(() => ({
          name: "n",
          type: "number" as const,
          default: null,
          examples: { short: "1", long: "2" },
        })),
      },
      ["variables.1.name name_twice"],
    ],
    [{ variables: [aVariable("reply_hint", "text", "")] }, ["variables.0.name name_reserved"]],
    [{ variables: [aVariable("n", "number", "abc")] }, ["variables.0.default invalid_default"]],
    [{ variables: [aVariable("d", "date", "")] }, ["variables.0.default invalid_default"]],
    [{ variables: [aVariable("n", "number", ""), aVariable("u", "url", null)] }, []],
    [
      {
        variables: [{ ...aVariable("n", "number", null), examples: { short: "1", long: "viele" } }],
      },
      ["variables.0.examples.long invalid_example"],
    ],
  ])("names what is wrong: %j", (values, faults) => {
    expect(faultsOf(values)).toEqual(faults);
  });
});
