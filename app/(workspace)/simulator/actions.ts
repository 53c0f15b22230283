"use server";

import { z } from "zod";
import { type ActionResult, viewerAction } from "@/lib/auth/action";
import type { Viewer } from "@/lib/auth/viewer";
import { SimulatorGone, SimulatorRefused } from "@/lib/embedded/simulator/client";
import { listSimulatorSenders, openBench } from "./gate";
import { findMail } from "./read-mails";
import {
  calmInput,
  listenerInput,
  mailEventInput,
  mailInput,
  phoneSchema,
  switchesInput,
  textSchema,
  windowInput,
} from "./schema";
import type { Bench } from "./view";

/** A person sends a text, photo or WhatsApp kind to one of our numbers. */
export const sendFromPhone = viewerAction(
  { role: "member", input: textSchema },
  async (viewer, { phone, to, ...rest }) =>
    atBench(viewer, async (bench) => {
      const senders = await listSimulatorSenders(bench);
      if (!senders.some((one) => one.address === to)) return { ok: false, code: "not_found" };
      const from = to.startsWith("whatsapp:") ? `whatsapp:${phone}` : phone;
      await bench.control.send({ from, to, ...rest });
      return { ok: true, data: null };
    }),
);

/** Puts another person's phone on the table. */
export const addPhone = viewerAction(
  { role: "member", input: phoneSchema },
  async (viewer, input) =>
    atBench(viewer, async ({ control }) => {
      await control.addPhone(input.phone, input.name || null);
      return { ok: true, data: null };
    }),
);

/** Makes something go wrong, for one phone or for the whole network. */
export const setSwitches = viewerAction(
  { role: "member", input: switchesInput },
  async (viewer, { phone, values }) =>
    atBench(viewer, async ({ control }) => {
      await control.setSwitches(phone, values);
      return { ok: true, data: null };
    }),
);

export const calmDown = viewerAction({ role: "member", input: calmInput }, async (viewer, input) =>
  atBench(viewer, async ({ control }) => {
    await control.calmDown(input.phone);
    return { ok: true, data: null };
  }),
);

/** As if the person had last written more than 24 hours ago. */
export const closeWindow = viewerAction(
  { role: "member", input: windowInput },
  async (viewer, { phone, sender }) =>
    atBench(viewer, async ({ control }) => {
      await control.setWindow(sender, `whatsapp:${phone}`, null);
      return { ok: true, data: null };
    }),
);

/** The provider's address refuses every connection for so long. */
export const refuseConnections = viewerAction(
  { role: "member", input: listenerInput },
  async (viewer, { seconds }) =>
    atBench(viewer, async ({ control }) => {
      await control.closeListener(seconds * 1000);
      return { ok: true, data: null };
    }),
);

/** Forgets every message, opt-out and switch of the network; Carillon keeps its own. */
export const resetNetwork = viewerAction({ role: "admin", input: z.object({}) }, async (viewer) =>
  atBench(viewer, async ({ control }) => {
    await control.reset();
    return { ok: true, data: null };
  }),
);

/** The person returns a mail or calls it spam; Carillon is told by the provider. */
export const answerMail = viewerAction(
  { role: "member", input: mailEventInput },
  async (viewer, { id, type }) =>
    atBench(viewer, async (bench) => {
      if (!(await findMail(bench, id))) return { ok: false, code: "not_found" };
      await bench.control.mailEvent(id, type);
      return { ok: true, data: null };
    }),
);

/** One click on the mail client's own button. What came of it is told by the mail. */
export const unsubscribeFromMail = viewerAction(
  { role: "member", input: mailInput },
  async (viewer, { id }) =>
    atBench(viewer, async (bench) => {
      if (!(await findMail(bench, id))) return { ok: false, code: "not_found" };
      await bench.control.unsubscribe(id);
      return { ok: true, data: null };
    }),
);

async function atBench(
  viewer: Viewer,
  run: (bench: Bench) => Promise<ActionResult<null>>,
): Promise<ActionResult<null>> {
  const bench = openBench(viewer);
  if (!bench) return { ok: false, code: "not_found" };
  try {
    return await run(bench);
  } catch (error) {
    if (error instanceof SimulatorRefused) {
      return { ok: false, code: "invalid", message: error.message };
    }
    if (error instanceof SimulatorGone) return { ok: false, code: "unavailable" };
    throw error;
  }
}
