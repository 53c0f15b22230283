/** An answer that stands at a field; `message` is a key of `errors.field`. */
export function refusedField(path: string, message: string) {
  return { ok: false as const, code: "invalid", errors: [{ path, message }] };
}
