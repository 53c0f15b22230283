import { z } from "zod";
import { decodeCursor } from "../../db/queries/cursor";

/** `?limit=` and `?cursor=` of every list. */
export const pageQuery = {
  limit: z.coerce
    .number("Must be a whole number from 1 to 200")
    .int("Must be a whole number from 1 to 200")
    .min(1, "Must be at least 1")
    .max(200, "Must be at most 200")
    .default(50)
    .meta({ description: "Rows of a page, 1 to 200" }),
  cursor: z
    .string()
    .optional()
    .transform((text, context) => {
      if (text === undefined) return null;
      const cursor = decodeCursor(text);
      if (cursor) return cursor;
      context.addIssue({ code: "custom", message: "Not a cursor of this list: pass a nextCursor" });
      return z.NEVER;
    })
    .meta({
      type: "string",
      description: "The nextCursor of the page before",
    }),
};

/** One page: `{ data, nextCursor }`. */
export function pageOf<S extends z.ZodType>(item: S) {
  return z.object({
    data: z.array(item),
    nextCursor: z
      .string()
      .nullable()
      .meta({ description: "Pass as ?cursor= for the next page; null on the last" }),
  });
}
