import { describe, expect, it } from "vitest";
import { readOptOut } from "./opt-out";

const kind = (body: string, type: string | null = null) => readOptOut(body, type)?.kind ?? null;

describe("readOptOut", () => {
  it.each([
    "STOP",
    "stop",
    " Stop. ",
    "«STOP»",
    "Arrêt",
    "ARRÊTÉ",
    "désabonner !",
    "StopAll",
    "opt-out",
    "Revoke",
    "stop 🙏",
    "STOP\n",
  ])("takes the lone word %j as an opt-out", (body) => {
    expect(kind(body)).toBe("opt_out");
  });

  it.each(["START", "unstop", "Reprendre."])("takes %j as an opt-in", (body) => {
    expect(kind(body)).toBe("opt_in");
  });

  it.each(["HELP", "aide ?", "Info", "CONTACT"])("takes %j as a call for help", (body) => {
    expect(kind(body)).toBe("help");
  });

  it.each([
    "Stop, merci",
    "STOP svp arrêtez",
    "Ne m’envoyez plus de messages",
    "please stop texting me, I mean it, really, today",
  ])("shows %j as a probable stop without acting on it", (body) => {
    expect(kind(body)).toBe("probable_stop");
  });

  it.each([
    "yes",
    "oui",
    "Le bus ne s’arrête pas",
    "Arrêt de bus Mairie",
    "Can you cancel my order please and send it to my sister",
    "",
    "👍",
  ])("leaves %j alone", (body) => {
    expect(kind(body)).toBeNull();
  });

  it("lets the provider's OptOutType win over the text", () => {
    expect(kind("plus rien svp", "STOP")).toBe("opt_out");
    expect(kind("STOP", "START")).toBe("opt_in");
    expect(kind("whatever", "HELP")).toBe("help");
    expect(kind("STOP", "nonsense")).toBe("opt_out");
  });

  it("keeps the words as received", () => {
    expect(readOptOut(" Arrêt ! ", null)?.words).toBe("Arrêt !");
  });
});
