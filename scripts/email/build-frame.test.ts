import { expect, it } from "vitest";
import { EMAIL_FRAME } from "../../lib/domain/templates/email-frame";
import { buildFrame } from "./build-frame";

it("R302 the layout of e-mails is what react-email makes of its source: else `npm run email:layout`", async () => {
  expect(EMAIL_FRAME).toBe(await buildFrame());
});
