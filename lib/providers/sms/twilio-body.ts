type Row = Record<string, unknown>;

/**
 * The JSON of a 2xx as the SDK takes it: one resource, or a page of them. The SDK itself makes do with
 * anything, and reads an empty list out of what is none: "it is not there" would be believed, and a
 * message sent twice.
 *
 * @throws an error without a code where it is neither
 */
export function readBody(text: string): Row {
  const body: unknown = JSON.parse(text);
  if (isRow(body) && (hasId(body) || isPage(body))) return body;
  throw new Error("the answer is none of Twilio's");
}

function isPage(body: Row): boolean {
  const { meta } = body;
  const list =
    isRow(meta) && typeof meta.key === "string"
      ? body[meta.key]
      : Object.values(body).find(Array.isArray);
  return Array.isArray(list) && list.every((row) => isRow(row) && hasId(row));
}

function hasId({ sid }: Row): boolean {
  return typeof sid === "string" && sid !== "";
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
