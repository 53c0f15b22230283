/** Characters. Length is what makes a password strong (NIST SP 800-63B §3.1.1.2). */
export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 200;

export type PasswordFault = "password_too_short" | "password_too_long" | "password_too_simple";

/** What is wrong with a new password; null when nothing is. */
export function findPasswordFault(password: string, email: string): PasswordFault | null {
  if ([...password].length < PASSWORD_MIN) return "password_too_short";
  if (password.length > PASSWORD_MAX) return "password_too_long";
  const isNamed = password.toLowerCase() === email.toLowerCase();
  return isNamed || new Set(password).size < 5 ? "password_too_simple" : null;
}
