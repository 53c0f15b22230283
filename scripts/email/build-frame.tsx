import { render } from "@react-email/components";
import { EmailLayout } from "./email-layout";

/** React's marks, which are for no reader; Outlook's conditional comments stay. */
const MARKS = /<!--(?!\[|<!\[)[^>]*-->/g;

/** The finished layout, with the places that `layOutEmail` fills. */
export async function buildFrame(): Promise<string> {
  return (await render(<EmailLayout />)).replaceAll(MARKS, "");
}
