/** A place in a group of which at most `limit` may work at once. */
export type Place = { readonly group: string; readonly limit: number };

type Waiter = { places: readonly Place[]; start: () => void };

/** Concurrency by group, first come first served; a waiter takes all its places at once or none. */
export class Slots {
  private readonly busy = new Map<string, number>();
  private waiting: Waiter[] = [];

  /** Resolves when every place is free, with the function that gives them back. */
  acquire(places: readonly Place[]): Promise<() => void> {
    return new Promise((resolve) => {
      this.waiting.push({ places, start: () => resolve(this.releaser(places)) });
      this.admit();
    });
  }

  private releaser(places: readonly Place[]) {
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      for (const place of places) this.busy.set(place.group, this.used(place) - 1);
      this.admit();
    };
  }

  /** Starts whoever fits; a group that an earlier waiter wants is not given to a later one. */
  private admit() {
    const wanted = new Set<string>();
    const remaining: Waiter[] = [];
    const starting: Waiter[] = [];
    for (const waiter of this.waiting) {
      const fits = waiter.places.every((p) => !wanted.has(p.group) && this.used(p) < p.limit);
      if (!fits) {
        remaining.push(waiter);
        for (const place of waiter.places)
          if (this.used(place) >= place.limit) wanted.add(place.group);
        continue;
      }
      for (const place of waiter.places) this.busy.set(place.group, this.used(place) + 1);
      starting.push(waiter);
    }
    this.waiting = remaining;
    for (const waiter of starting) waiter.start();
  }

  private used(place: Place) {
    return this.busy.get(place.group) ?? 0;
  }
}
