/** How long the real server remembers an event's id. */
const REMEMBERED_MS = 86_400_000;
const MAX_REMEMBERED = 50_000;

/** Ids of events that have been taken in, so that the same one sent again starts nothing. */
export class Seen {
  private readonly ids = new Map<string, number>();

  /** true the first time within 24 h (the oldest are forgotten sooner when there are very many). */
  isNew(id: string, now: number): boolean {
    const at = this.ids.get(id);
    if (at !== undefined && now - at < REMEMBERED_MS) return false;
    this.ids.delete(id);
    this.ids.set(id, now);
    const oldest = this.ids.keys().next().value;
    if (this.ids.size > MAX_REMEMBERED && oldest !== undefined) this.ids.delete(oldest);
    return true;
  }
}
