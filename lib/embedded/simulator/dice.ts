/** Chance that can be repeated: the same seed throws the same numbers (mulberry32). */
export type Dice = {
  /** A number in [0, 1). */
  roll(): number;
  /** Does it happen this time? 0 never throws, so that calm runs do not depend on the count of calls. */
  happens(percent: number): boolean;
};

export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { roll, happens: (percent) => percent > 0 && roll() * 100 < percent };
}
