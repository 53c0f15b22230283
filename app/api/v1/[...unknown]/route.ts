import { problemResponse } from "@/lib/http/problem";

function answer() {
  const detail = "The API has no such path: see /docs";
  return problemResponse({ status: 404, code: "not_found", detail });
}

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
