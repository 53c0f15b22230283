import { z } from "zod";
import { networkSwitchesSchema } from "@/lib/embedded/simulator/switches";

/** `+33…`, or a WhatsApp id without a number (`FR.1234…`). */
const phone = z.string().regex(/^(\+[1-9]\d{6,14}|[A-Z]{2}\.[A-Za-z0-9]{5,})$/, "phone");

const media = z.object({
  sid: z.string(),
  contentType: z.string(),
  fileName: z.string().nullable(),
  size: z.number(),
});

const extra = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("location"),
    latitude: z.number(),
    longitude: z.number(),
    label: z.string(),
    address: z.string(),
  }),
  z.object({ kind: z.literal("button"), text: z.string(), payload: z.string() }),
]);

export const textSchema = z.object({
  phone,
  /** Our number, with `whatsapp:` where it is WhatsApp. */
  to: z.string(),
  body: z.string().max(1600),
  media: z.array(media).max(10),
  extra: extra.nullable(),
  repliesTo: z.string().nullable(),
  profileName: z.string().nullable(),
});

export const phoneSchema = z.object({ phone, name: z.string().trim().max(80) });

/** phone null: the whole network. */
export const switchesInput = z.object({
  phone: phone.nullable(),
  values: networkSwitchesSchema.partial(),
});

export const calmInput = z.object({ phone: phone.nullable() });

export const windowInput = z.object({ phone, sender: z.string() });

export const mailInput = z.object({ id: z.uuid() });

/** What becomes of a mail at its person's: their server returns it, or they call it spam. */
export const mailEventInput = mailInput.extend({ type: z.enum(["bounced", "complained"]) });

export const listenerInput = z.object({ seconds: z.int().min(1).max(60) });
