/** The short form of the signed link. */
export { GET, HEAD } from "@/app/api/v1/m/[token]/route";
