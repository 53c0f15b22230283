import { describe, expect, it } from "vitest";
import { READY_TYPES } from "../../notification-types/ready-types";
import { replyHint } from "../../reply-codes/reply-hint";
import { measureSegments } from "../../segments";
import { CHANNELS, LOCALES } from "../../words";
import { checkTemplate } from "../check-template";
import { renderTemplate } from "../render-template";
import { variablesOfEvent } from "../template";
import { exampleData } from "../variables";
import { SHIPPED_TEMPLATES, type ShippedTemplate } from "./shipped-templates";

const ALL = SHIPPED_TEMPLATES.map((template) => {
  const { event, channel, locale } = template;
  return { name: `${event} ${channel} ${locale}`, template };
});
const TEXTS = ALL.filter(({ template }) => template.channel === "sms");
const MAILS = ALL.filter(({ template }) => template.channel === "email");
const TYPESET = ALL.filter(({ template }) => template.channel !== "sms");
const LENGTHS = ["short", "long"] as const;

function variablesOf(template: ShippedTemplate) {
  const variables = variablesOfEvent(template);
  if (!variables) throw new Error(`no type ${template.event}`);
  return variables;
}

function render(template: ShippedTemplate, part: "subject" | "body", data: Record<string, string>) {
  const rendered = renderTemplate(template[part] ?? "", {
    variables: variablesOf(template),
    data,
    locale: template.locale,
    zone: "Europe/Paris",
    isHtml: part === "body" && template.channel === "email",
  });
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.faults));
  return rendered.text;
}

function sample(template: ShippedTemplate, length: "short" | "long") {
  return exampleData(variablesOf(template), length);
}

function find(event: string, channel: string, locale: string) {
  const found = ALL.find(({ name }) => name === `${event} ${channel} ${locale}`);
  if (!found) throw new Error(`no template ${event} ${channel} ${locale}`);
  return found.template;
}

describe("the shipped templates", () => {
  it("R105 R302 are one for each ready type, channel and language", () => {
    const wanted = READY_TYPES.flatMap(({ key }) =>
      LOCALES.flatMap((locale) => CHANNELS.map((channel) => `${key} ${channel} ${locale}`)),
    );
    expect(ALL.map(({ name }) => name).sort()).toEqual(wanted.sort());
  });

  it("R302 R220 have a subject in e-mails, and only there", () => {
    for (const { template } of ALL) {
      expect((template.subject ?? "") !== "").toBe(template.channel === "email");
    }
  });

  it.each(ALL)("R107 name only variables of their type: $name", ({ template }) => {
    const known = variablesOf(template).map(({ name }) => name);
    for (const source of [template.subject ?? "", template.body]) {
      expect(checkTemplate(source, known)).toMatchObject({ ok: true });
    }
  });

  it.each(ALL)("R107 are whole with the shortest and the longest data: $name", ({ template }) => {
    for (const length of LENGTHS) {
      const data = sample(template, length);
      const text = `${render(template, "subject", data)} ${render(template, "body", data)}`;
      expect(text).not.toMatch(/[{}]|undefined|null|\[object|Invalid/);
      expect(render(template, "subject", data)).not.toContain("\n");
    }
  });

  it.each(ALL)("do without what may be missing: $name", ({ template }) => {
    const required = variablesOf(template).filter((variable) => variable.default === null);
    const text = render(template, "body", exampleData(required, "long"));
    expect(text).not.toMatch(/ [,.]|href=""| {2}| $/);
  });

  it.each(TEXTS)("R119 R120 R121 take two SMS parts at most: $name", ({ template }) => {
    for (const length of LENGTHS) {
      const { segments } = measureSegments(render(template, "body", sample(template, length)));
      expect(segments).toBeLessThanOrEqual(2);
    }
  });

  it.each(ALL)("say in texts alone what may be answered: $name", ({ template }) => {
    const codes = READY_TYPES.find(({ key }) => key === template.event)?.replyCodes ?? [];
    const body = render(template, "body", sample(template, "long"));
    const hint = replyHint(codes, template.locale);
    const isTold = template.channel !== "email" && hint !== "";
    expect(body.endsWith(hint)).toBe(isTold || hint === "");
    expect(/Répondez|Reply/.test(body)).toBe(isTold);
  });

  it.each(TEXTS)("use the cheap alphabet on any day of the year: $name", ({ template }) => {
    for (let month = 1; month <= 12; month++) {
      const due = `2026-${String(month).padStart(2, "0")}-15T10:00:00Z`;
      const text = render(template, "body", { ...sample(template, "short"), due });
      expect(measureSegments(text)).toMatchObject({ encoding: "GSM-7", guilty: [] });
    }
  });

  it.each(MAILS)("show people's words in an e-mail as words: $name", ({ template }) => {
    const hostile = variablesOf(template).flatMap(({ name, type }) => {
      if (type === "text") return [[name, '<img src=x onerror="alert(1)">']];
      return type === "url" ? [[name, 'https://example.com/"><script>']] : [];
    });
    const data = { ...sample(template, "long"), ...Object.fromEntries(hostile) };
    const html = render(template, "body", data);
    expect(html).not.toMatch(/<img|<script/);
    expect(html.replace(/<\/?(?:p|strong|a)>|<a href="[^"<>]*">/g, "")).not.toMatch(/[<>]/);
  });

  it.each(TYPESET)("part no French sign from its word at a line's end: $name", ({ template }) => {
    const said = `${template.subject} ${template.body}`.replace(/{[{%].*?[%}]}/g, "x");
    expect(said).not.toMatch(/ [:!?;]/);
  });

  it("R036 keep the emoji of a title on every channel", () => {
    for (const channel of CHANNELS) {
      const template = find("security.suspicious_object", channel, "fr");
      expect(render(template, "body", sample(template, "long"))).toContain("🚨 Objet Suspect");
    }
  });

  it.each([
    ["ticket.called", "fr", "Bonjour Awa, c'est à vous ! Votre ticket A-1 est appelé par Ali."],
    [
      "loan.due_tomorrow",
      "fr",
      "un petit rappel : Caméra, à rendre demain, vendredi 01/05. Merci !",
    ],
    ["loan.due_in_2_hours", "fr", "Caméra est à rendre dans 2 heures, avant 12:00. Merci !"],
    ["loan.due_in_2_hours", "en", "Caméra is due back in 2 hours, by 12:00 PM. Thank you!"],
    ["loan.overdue", "en", "Caméra was due back on Friday, May 1."],
  ])("read like this: %s in %s", (event, locale, words) => {
    const template = find(event, "sms", locale);
    expect(render(template, "body", sample(template, "short"))).toContain(words);
  });
});
