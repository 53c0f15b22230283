import { describe, expect, it } from "vitest";
import { checkTemplate } from "./check-template";
import { type Rendering, renderTemplate } from "./render-template";
import { exampleData, type Variable } from "./variables";

function variable(name: string, values: Partial<Variable> = {}): Variable {
  return { name, type: "text", default: null, examples: { short: "a", long: "abc" }, ...values };
}

const RENDERING: Rendering = {
  variables: [
    variable("customer_name"),
    variable("ticket_number"),
    variable("eta_minutes", { type: "number", default: "5" }),
    variable("due", { type: "date", default: "2026-03-29T10:30:00Z" }),
    variable("link", { type: "url", default: "https://example.com/" }),
  ],
  data: { customer_name: "Awa", ticket_number: "A-042" },
  locale: "fr",
  zone: "Europe/Paris",
};

function render(source: string, values: Partial<Rendering> = {}) {
  return renderTemplate(source, { ...RENDERING, ...values });
}

describe("a template", () => {
  it("R107 is filled from the data, with defaults where it brings nothing", () => {
    expect(
      render("Bonjour {{customer_name}}, ticket {{ ticket_number }}, {{eta_minutes}} min."),
    ).toEqual({ ok: true, text: "Bonjour Awa, ticket A-042, 5 min." });
  });

  it.each(["Pacific/Auckland", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Paris"])(
    "R306 a day without an hour stays that day in %s",
    (zone) => {
      const data = { ...RENDERING.data, due: "2026-11-30" };
      const source = "{{ due | date: '%A %d/%m' }}";
      expect(render(source, { data, zone })).toEqual({ ok: true, text: "lundi 30/11" });
    },
  );

  it("R036 R126 keeps emoji and values of any script", () => {
    const data = { customer_name: "عائشة 🚨", ticket_number: "Ω" };
    expect(render("🎉 {{customer_name}} {{ticket_number}}", { data })).toEqual({
      ok: true,
      text: "🎉 عائشة 🚨 Ω",
    });
  });

  it("knows conditions, lists and filters", () => {
    const source = "{% if eta_minutes > 3 %}{{ customer_name | upcase }}{% else %}-{% endif %}";
    expect(render(source)).toEqual({ ok: true, text: "AWA" });
  });

  it.each([
    ["Bonjour {{custmer_name}}", [{ kind: "unknown_variable", name: "custmer_name", line: 1 }]],
    [
      "a\n{{x}} {% if y %}{{ z.w }}{% endif %}",
      ["x", "y", "z"].map((name) => ({ kind: "unknown_variable", name, line: 2 })),
    ],
  ])("with a variable that nobody fills is refused by its name: %s", (source, faults) => {
    expect(
      checkTemplate(
        source,
        RENDERING.variables.map(({ name }) => name),
      ),
    ).toEqual({
      ok: false,
      faults,
    });
  });

  it("may make variables of its own", () => {
    const source = "{% assign n = customer_name %}{% for i in (1..2) %}{{ n }}{{ i }} {% endfor %}";
    expect(render(source)).toEqual({ ok: true, text: "Awa1 Awa2 " });
  });

  it.each([
    ["{{ customer_name", "not closed"],
    ["a\n{% if customer_name %}", "not closed"],
    ["{{ customer_name | shout }}", "shout"],
    ["{% include 'x' %}", "include"],
    ["{% render 'x' %}", "render"],
    ["{% layout 'x' %}", "layout"],
  ])("that cannot be read says why: %s", (source, word) => {
    const result = render(source);
    expect(result).toMatchObject({ ok: false, faults: [{ kind: "syntax" }] });
    expect(JSON.stringify(result)).toContain(word);
  });

  it("names the value that is missing, and the one that is none of its type", () => {
    const source = "{{customer_name}} {{due}} {{link}} {{eta_minutes}}";
    const data = { due: "soon", link: "javascript:alert(1)", eta_minutes: "five" };
    expect(render(source, { data })).toEqual({
      ok: false,
      faults: [
        { name: "customer_name", fault: "missing" },
        { name: "eta_minutes", fault: "no_number" },
        { name: "due", fault: "no_date" },
        { name: "link", fault: "no_url" },
      ],
    });
  });

  it("does not miss what it does not use", () => {
    expect(render("{{ticket_number}}", { data: { ticket_number: "7" } })).toEqual({
      ok: true,
      text: "7",
    });
  });

  it("writes dates in the reader's language and zone, whatever the machine's", () => {
    expect(render("{{due}}")).toEqual({ ok: true, text: "29 mars 2026 à 12:30" });
    expect(render("{{due}}", { locale: "en", zone: "America/Guadeloupe" })).toEqual({
      ok: true,
      text: "March 29, 2026 at 6:30 AM",
    });
  });

  it("writes hours by the reader's clock in its own words for dates too", () => {
    const source = "{{ due | date: '%A %d %B, %H:%M' }}";
    expect(render(source)).toEqual({ ok: true, text: "dimanche 29 mars, 12:30" });
    expect(render(source, { zone: "Asia/Kathmandu", locale: "en" })).toEqual({
      ok: true,
      text: "Sunday 29 March, 16:15",
    });
  });

  it("escapes every value in HTML, and nothing in text", () => {
    const data = { customer_name: `<b onclick="x">&'`, ticket_number: "1" };
    expect(render("<p>{{customer_name}}</p>", { data, isHtml: true })).toEqual({
      ok: true,
      text: "<p>&lt;b onclick=&#34;x&#34;&gt;&amp;&#39;</p>",
    });
    expect(render("{{customer_name}}", { data })).toEqual({ ok: true, text: `<b onclick="x">&'` });
  });

  it.each([
    "{% for i in (1..100000000) %}x{% endfor %}",
    "{% for i in (1..9000) %}{% for j in (1..9000) %}{{ customer_name }}{% endfor %}{% endfor %}",
  ])("that has no end is ended: %s", (source) => {
    expect(render(source)).toMatchObject({ ok: false, faults: [{ kind: "syntax" }] });
  });

  it("is shown with the shortest and the longest values that are usual", () => {
    const variables = [variable("ticket_number", { examples: { short: "A1", long: "ZZ-0042" } })];
    const lengths = (["short", "long"] as const).map((length) =>
      render("Ticket {{ticket_number}}", { variables, data: exampleData(variables, length) }),
    );
    expect(lengths).toEqual([
      { ok: true, text: "Ticket A1" },
      { ok: true, text: "Ticket ZZ-0042" },
    ]);
  });

  it("reaches nothing beyond its data", () => {
    const data = { customer_name: { constructor: { x: 1 } }, ticket_number: "1" };
    expect(render("{{ ticket_number.constructor }}", { data })).toMatchObject({ ok: false });
    expect(render("{{ ticket_number.__proto__ }}", { data })).toMatchObject({ ok: false });
  });
});
