import { readMedia } from "@/db/queries/media";
import { apiRoute, notFound } from "@/lib/http/api";
import { mediaResponse } from "@/lib/http/media-response";
import { methods } from "@/lib/http/methods";
import * as operations from "../schema";

const read = apiRoute(operations.getMedia, async ({ deps, caller, params, request }) => {
  const file = await readMedia(deps.db, caller, params.id);
  return file ? { response: mediaResponse(request, file) } : { problem: notFound() };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: read });
