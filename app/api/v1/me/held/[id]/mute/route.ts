import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { muteHeldType } from "@/lib/notifications/mute-held-type";
import { heldOf } from "../../../../held/answers";
import * as operations from "../../../../held/schema";

const mute = apiRoute(operations.muteHeld, async (context) => {
  const held = await heldOf(context);
  const span = context.body.for;
  const muted = held && (await muteHeldType(context.deps, { ...held, span }));
  return muted ? { status: 200, body: muted } : { problem: notFound() };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ POST: mute });
