/** The signed link under the public API's own path. */
export { GET, HEAD } from "@/app/m/[token]/route";
