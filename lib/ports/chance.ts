/** Chance as an input. */
export interface Chance {
  /** A new UUIDv7. */
  uuid(): string;
  /** A secret of `length` URL-safe characters from a cryptographic source (6 bits each). */
  token(length: number): string;
  /** A number in [0, 1), for jitter; not for secrets. */
  random(): number;
}
