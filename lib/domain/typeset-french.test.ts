import { describe, expect, it } from "vitest";
import { typesetFrench } from "./typeset-french";

describe("French on a screen", () => {
  it.each([
    ["Pourquoi ?", "Pourquoi\u202f?"],
    ["Attention ! Reste ; va", "Attention\u202f! Reste\u202f; va"],
    ["SMS : « {title} »", "SMS\u00a0: «\u00a0{title}\u00a0»"],
    ["Plus de 24 h, objectif 95 %", "Plus de 24\u00a0h, objectif 95\u00a0%"],
    ["{answer} en {ms, number} ms", "{answer} en {ms, number}\u00a0ms"],
    ["« {name} » s’applique", "«\u00a0{name}\u00a0» s’applique"],
  ])("does not break a line before its signs: %s", (plain, set) => {
    expect(typesetFrench(plain)).toBe(set);
    expect(typesetFrench(set)).toBe(set);
  });

  it.each([
    "{name} s’applique",
    "https://exemple.fr/?a=b",
    "10:05",
    "{count, plural, one {# SMS}}",
  ])("leaves alone what has no such space: %s", (text) => {
    expect(typesetFrench(text).replaceAll("\u00a0", " ")).toBe(text);
  });
});
