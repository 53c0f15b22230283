import { writeFile } from "node:fs/promises";
import { buildFrame } from "./email/build-frame";

/** `npm run email:layout`: react-email renders the layout once, and no server carries it. */
const frame = await buildFrame();
await writeFile(
  "lib/domain/templates/email-frame.ts",
  `/** Written by \`npm run email:layout\` of scripts/email/email-layout.tsx: change it there. */
export const EMAIL_FRAME = \`${frame}\`;
`,
);
