const DONE_DATE = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/;

/**
 * Twilio's `RawDlrDoneDate` (`YYMMDDhhmm`, minutes, the carrier's own zone) as milliseconds since
 * 1970, read as UTC: only good for ordering two receipts of one carrier. null when absent or wrong.
 */
export function readCarrierTime(text: string | null | undefined): number | null {
  const match = DONE_DATE.exec(text ?? "");
  if (!match) return null;
  const [year, month, day, hour, minute] = match.slice(1).map(Number);
  if (!year || !month || !day || hour === undefined || minute === undefined) return null;
  if (month > 12 || day > 31 || hour > 23 || minute > 59) return null;
  return Date.UTC(2000 + year, month - 1, day, hour, minute);
}
