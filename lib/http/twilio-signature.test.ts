import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import vectors from "../../tests/support/twilio-signature-vectors.json";
import type { FormPairs } from "./form-body";
import { isSignedByTwilio, signTwilioRequest } from "./twilio-signature";

type Vector = {
  name: string;
  token: string;
  url: string;
  params: Record<string, string | string[]>;
  signature: string;
  valid: boolean;
  body?: string;
};

const all = vectors as unknown as Vector[];

function pairs(params: Vector["params"]): FormPairs {
  return Object.entries(params).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, one] as const),
  );
}

function requestOf({ token, url, params, signature, body }: Vector) {
  const content = body === undefined ? { form: pairs(params) } : { raw: Buffer.from(body) };
  return { tokens: [token], url, signature, body: content };
}

describe("isSignedByTwilio", () => {
  it("has all 49 published vectors", () => {
    expect(all).toHaveLength(49);
  });

  it.each(all)("R406 vector: $name ($valid)", (vector) => {
    expect(isSignedByTwilio(requestOf(vector))).toBe(vector.valid);
  });

  it.each(all.filter(({ valid }) => valid))("R406 not with another token: $name", (vector) => {
    expect(isSignedByTwilio({ ...requestOf(vector), tokens: ["12346", ""] })).toBe(false);
  });

  it("R406 accepts the next token while the account's token is rotated", () => {
    const form = [["Body", "Bonjour"]] as const;
    const url = "https://carillon.test/api/webhooks/twilio";
    const signature = signTwilioRequest("next", url, form);
    const request = { url: `${url}#rc=5&rp=all`, signature, body: { form } };
    expect(isSignedByTwilio({ ...request, tokens: ["current", "next"] })).toBe(true);
    expect(isSignedByTwilio({ ...request, tokens: ["current"] })).toBe(false);
  });

  it("R406 binds a JSON body by its hash: changed bytes or a missing hash are refused", () => {
    const raw = Buffer.from('{"a":1}');
    const hash = createHash("sha256").update(raw).digest("hex");
    const url = `https://carillon.test/x?bodySHA256=${hash}`;
    const signature = signTwilioRequest("t", url, []);
    const request = { tokens: ["t"], url, signature };
    expect(isSignedByTwilio({ ...request, body: { raw } })).toBe(true);
    expect(isSignedByTwilio({ ...request, body: { raw: Buffer.from('{"a":2}') } })).toBe(false);
    const bare = "https://carillon.test/x";
    const unbound = { tokens: ["t"], url: bare, signature: signTwilioRequest("t", bare, []) };
    expect(isSignedByTwilio({ ...unbound, body: { raw } })).toBe(false);
  });

  it("R406 never throws on rubbish", () => {
    const any = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(
        any,
        any,
        fc.array(any),
        fc.array(fc.tuple(any, any)),
        (url, signature, tokens, form) => {
          expect(isSignedByTwilio({ url, signature, tokens, body: { form } })).toBe(false);
        },
      ),
    );
  });
});
