import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** The parts of `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`. */
export type SnsCredential = {
  accessKeyId: string;
  /** `20261120/eu-west-3/sns/aws4_request`. */
  scope: string;
  signedHeaders: string[];
  signature: string;
};

const HEADER =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/([^,\s]+), ?SignedHeaders=([^,\s]+), ?Signature=([0-9a-f]{64})$/;

export function readCredential(header: string | undefined): SnsCredential | null {
  const [, accessKeyId, scope, headers, signature] = HEADER.exec(header ?? "") ?? [];
  if (!accessKeyId || !scope || !headers || !signature) return null;
  return { accessKeyId, scope, signedHeaders: headers.split(";"), signature };
}

type Signed = { headers: IncomingHttpHeaders; body: Buffer };

/** Signature Version 4 of a POST to `/` (AWS General Reference, "Signing AWS API requests"). */
export function isSignedBy(secret: string, credential: SnsCredential, { headers, body }: Signed) {
  const { scope, signedHeaders, signature } = credential;
  const canonicalHeaders = signedHeaders.map((name) => `${name}:${trim(headers[name])}\n`).join("");
  const canonical = ["POST", "/", "", canonicalHeaders, signedHeaders.join(";"), hash(body)];
  const time = trim(headers["x-amz-date"]);
  const text = ["AWS4-HMAC-SHA256", time, scope, hash(canonical.join("\n"))].join("\n");
  const key = scope.split("/").reduce<Buffer | string>(sign, `AWS4${secret}`);
  const expected = createHmac("sha256", key).update(text).digest("hex");
  return timingSafeEqual(Buffer.from(expected), Buffer.from(signature));
}

function sign(key: Buffer | string, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function hash(data: Buffer | string): string {
  return createHash("sha256").update(data).digest("hex");
}

function trim(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value.join(",") : (value ?? "")).trim().replace(/\s+/g, " ");
}
