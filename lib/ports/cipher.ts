/** Seals secrets for the database (AES-256-GCM; the envelope names its key for rotation). */
export interface Cipher {
  seal(plain: string): string;
  /** Throws when the envelope was made with a key we do not have, or was changed. */
  open(sealed: string): string;
}
