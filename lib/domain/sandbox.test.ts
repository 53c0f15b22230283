import { expect, it } from "vitest";
import { isSandbox } from "./sandbox";

it("R111 knows Twilio's lent WhatsApp sender, and no SMS number like it", () => {
  expect(isSandbox({ type: "whatsapp", sender: "+14155238886" })).toBe(true);
  expect(isSandbox({ type: "sms", sender: "+14155238886" })).toBe(false);
  expect(isSandbox({ type: "whatsapp", sender: "+33199000103" })).toBe(false);
});
