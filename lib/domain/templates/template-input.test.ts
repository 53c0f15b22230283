import { describe, expect, it } from "vitest";
import { SHIPPED_TEMPLATES } from "./shipped/shipped-templates";
import { findInputFaults, type TemplateInput, withVariables } from "./template-input";

const INPUT: TemplateInput = {
  name: "Ticket appelé",
  event: "ticket.called",
  channel: "sms",
  locale: "fr",
  subject: null,
  body: "Ticket {{ ticket_number }}",
  isActive: true,
  variables: null,
  approved: {},
};

const codes = (values: Partial<TemplateInput>) =>
  findInputFaults({ ...INPUT, ...values }).map(({ path, code, name }) => `${path} ${code} ${name}`);

describe("a template as somebody writes it", () => {
  it.each(SHIPPED_TEMPLATES.map((one) => [`${one.event} ${one.channel} ${one.locale}`, one]))(
    "R105 may be what is shipped: %s",
    (_, shipped) => {
      expect(findInputFaults({ ...INPUT, ...shipped })).toEqual([]);
    },
  );

  it("R107 names every unknown variable where it stands", () => {
    expect(codes({ body: "{{ a }} {{ b }}" })).toEqual([
      "body unknown_variable a",
      "body unknown_variable b",
    ]);
    const mail = { channel: "email", subject: "{{ c }}", body: "x" } as const;
    expect(codes(mail)).toEqual(["subject unknown_variable c"]);
  });

  it("of its own takes the names in it as variables, once each", () => {
    const custom = { ...INPUT, event: "custom", body: "{{ a }} {% if b %}{{ a }}{% endif %}" };
    expect(withVariables(custom).variables.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(findInputFaults(custom)).toEqual([]);
  });

  it("of its own with declared variables takes no other", () => {
    const event = "custom";
    expect(codes({ event, variables: [], body: "{{ a }}" })).toEqual(["body unknown_variable a"]);
  });

  it("may be 1600 characters long when it is filled, and no more", () => {
    expect(codes({ body: "x".repeat(1600) })).toEqual([]);
    expect(codes({ body: "x".repeat(1601) })).toEqual(["body too_long null"]);
    expect(codes({ body: `${"x".repeat(1590)}{{ agent_name }}` })).toEqual(["body too_long null"]);
  });
});
