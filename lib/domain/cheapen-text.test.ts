import { expect, test } from "vitest";
import { cheapenText } from "./cheapen-text";
import { measureSegments } from "./segments";

test("French typography becomes plain, and what the cheap alphabet holds stays", () => {
  expect(cheapenText("L’été, c’est « çà et là » – même à l’hôtel…")).toBe(
    `L'été, c'est "cà et là" - meme à l'hotel...`,
  );
  expect(cheapenText("Œuf à 3 €")).toBe("OEuf à 3 €");
});

test("emoji are left out without leaving holes", () => {
  expect(cheapenText("Merci 👍🏽 à bientôt 🇫🇷")).toBe("Merci à bientot");
});

test("a cheapened French text is billed in the cheap alphabet", () => {
  const text = "Bonjour, votre prêt « vélo nº 12 » est prêt ✅ À bientôt, l’équipe.";
  expect(measureSegments(text).encoding).toBe("UCS-2");
  expect(measureSegments(cheapenText(text)).encoding).toBe("GSM-7");
});

test("a text already cheap, and one in another script, say the same as before", () => {
  expect(cheapenText("Déjà  simple")).toBe("Déjà  simple");
  expect(cheapenText("Привет")).toBe("Привет");
});
