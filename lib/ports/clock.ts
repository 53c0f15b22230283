/** Time as an input: stages never read it themselves. */
export interface Clock {
  /** The wall clock. Due times compare with it; leases use the database's. */
  now(): Date;
  /** Milliseconds that only ever grow, also when the wall clock jumps. */
  monotonic(): number;
}
