/** `2026-11` of the URL; null: this month. */
export function monthOfUrl(value: string | string[] | null | undefined): string | null {
  return typeof value === "string" && /^\d{4}-(0[1-9]|1[0-2])$/.test(value) ? value : null;
}
