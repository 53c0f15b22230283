import { describe, expect, it } from "vitest";
import {
  fillTemplate,
  findTemplateFault,
  readTemplateStatus,
  variablesOf,
} from "./whatsapp-template";

const BODY = "Bonjour {{1}}, votre {{ 2 }} est prêt. À bientôt {{1}} !";
const template = { body: BODY, variables: variablesOf(BODY, { "1": "Claire" }) };

describe("a WhatsApp template", () => {
  it("names its variables once, in order, with their samples", () => {
    expect(template.variables).toEqual([
      { name: "1", sample: "Claire" },
      { name: "2", sample: "" },
    ]);
    expect(variablesOf("Rien à remplir", {})).toEqual([]);
  });

  it("is filled wherever the variable stands; what has no value keeps its place", () => {
    expect(fillTemplate(BODY, { "1": "Ada", "2": "vélo" })).toBe(
      "Bonjour Ada, votre vélo est prêt. À bientôt Ada !",
    );
    expect(fillTemplate(BODY, { "1": "$&" })).toContain("Bonjour $&, votre {{ 2 }}");
  });

  it.each([
    [{ "1": "Ada" }, "template_variable_missing", "2"],
    [{ "1": "Ada", "2": "  " }, "template_variable_missing", "2"],
    [{ "1": "Ada", "2": "vélo", "3": "x" }, "template_variable_unknown", "3"],
    [{ "1": "Ada\nLovelace", "2": "vélo" }, "template_variable_invalid", "1"],
    [{ "1": "Ada     Lovelace", "2": "vélo" }, "template_variable_invalid", "1"],
    [{ "1": "Ada", "2": "v".repeat(1024) }, "message_too_long", null],
  ])("refuses %j: %s of %s", (values, code, variable) => {
    expect(findTemplateFault(template, values as never)).toMatchObject({ code, variable });
  });

  it("takes what fits", () => {
    expect(findTemplateFault(template, { "1": "Ada", "2": "vélo" })).toBeNull();
  });

  it.each([
    ["approved", "approved"],
    ["REJECTED", "rejected"],
    ["received", "pending"],
    ["something new", "unsubmitted"],
    [null, "unsubmitted"],
  ])("reads the approval %j as %s", (word, status) => {
    expect(readTemplateStatus(word)).toBe(status);
  });
});
