/** A place in a list ordered by (time, id), both descending. */
export type Cursor = {
  /** As the database prints it, to the microsecond: a Date would lose rows between two milliseconds. */
  readonly at: string;
  readonly id: string;
};

const AT = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d{1,6})?\+00$/;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Makes the opaque text that a client hands back for the next page. */
export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(`${cursor.at}|${cursor.id}`).toString("base64url");
}

/** Reads what `encodeCursor` made; null when the text is anything else. */
export function decodeCursor(text: string): Cursor | null {
  const [at, id, rest] = Buffer.from(text, "base64url").toString("utf8").split("|");
  if (at === undefined || id === undefined || rest !== undefined) return null;
  return isTime(at) && ID.test(id) ? { at, id } : null;
}

/** A cursor for rows whose time has no more than milliseconds, since we wrote it. */
export function encodeRowCursor(row: { createdAt: Date; id: string }): string {
  const at = row.createdAt.toISOString().replace("T", " ").replace("Z", "+00");
  return encodeCursor({ at, id: row.id });
}

/** The time of such a cursor. */
export function cursorTime({ at }: Cursor): Date {
  return new Date(`${at.replace(" ", "T")}:00`);
}

/** Is it a time that there is? The 31st of February would be the database's to refuse. */
function isTime(text: string): boolean {
  const [, day, time] = AT.exec(text) ?? [];
  if (!day || !time || day < "0001") return false;
  const read = new Date(`${day}T${time}Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(`${day}T${time}`);
}
