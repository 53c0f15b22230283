/** One of the settings by its place in them, with an address of its own. */
export { default } from "../settings/layout";
