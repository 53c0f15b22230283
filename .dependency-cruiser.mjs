/**
 * The laws of ARCHITECTURE.md on who may import whom. `npm run verify` holds them, on our files as
 * they are without their types (scripts/verify/check-imports.ts): hence `.js`, and no word of types.
 */

const STAGES =
  "^lib/(inbound|conversations|contacts|outbound|notifications|reminders|events|templates|integrations|operations|costs|webhooks)/";
const TESTS = "(\\.test\\.js$|^tests/)";
const PURE = [
  "@date-fns/tz",
  "liquidjs",
  "zod",
  "libphonenumber-js",
  "sms-segments-calculator",
  "croner",
  "uuid",
];

const packages = (names) => `(^|/)node_modules/(${names.join("|")})(/|$)`;

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "1-no-cycles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "1-domain-is-pure",
      comment: "lib/domain imports itself, zod and named pure libraries.",
      severity: "error",
      from: { path: "^lib/domain/", pathNot: TESTS },
      to: { pathNot: ["^lib/domain/", packages(PURE)] },
    },
    {
      name: "2-stages-know-only-what-they-need",
      comment: "Stages import stages, domain, ports and db; the world reaches them through deps.",
      severity: "error",
      from: { path: STAGES, pathNot: TESTS },
      to: {
        pathNot: [
          STAGES,
          "^lib/(domain|ports)/",
          "^db/(client|is-database-gone|is-worth-retrying)\\.js$",
          "^db/(schema|queries|writes)/",
          "^node:",
          "^(crypto|buffer|net|dns|timers|url|util)(/|$)",
          packages([...PURE, "ipaddr\\.js", "standardwebhooks"]),
        ],
      },
    },
    {
      name: "3-only-stages-write",
      severity: "error",
      from: { pathNot: [STAGES, "^lib/auth/", "^db/", "^scripts/bench/", TESTS] },
      to: { path: "^db/writes/" },
    },
    {
      name: "3-sql-stays-in-db",
      severity: "error",
      from: { pathNot: ["^db/", "^drizzle\\.config\\.js$", "^scripts/bench/", TESTS] },
      to: { path: packages(["drizzle-orm"]) },
    },
    {
      name: "3-connections-are-opened-in-db",
      comment: "The embedded server's own launcher asks it who it is, before there is a database.",
      severity: "error",
      from: { pathNot: ["^db/", "^lib/embedded/postgres/", "^scripts/bench/", TESTS] },
      to: { path: packages(["postgres"]) },
    },
    {
      name: "4-vendors-stay-in-their-adapter",
      severity: "error",
      from: { pathNot: ["^lib/providers/", "^scripts/bench/", TESTS] },
      to: { path: packages(["twilio", "@aws-sdk", "pino", "pino-pretty", "resend", "nodemailer"]) },
    },
    {
      name: "4-adapters-are-chosen-in-one-place",
      severity: "error",
      from: { pathNot: ["^lib/providers/", "^lib/compose\\.js$", "^scripts/", TESTS] },
      to: { path: "^lib/providers/" },
    },
    {
      name: "4-only-the-launcher-composes",
      severity: "error",
      from: { pathNot: ["^scripts/", TESTS] },
      to: { path: "^lib/compose\\.js$" },
    },
    {
      name: "5-components-see-words-and-actions",
      comment: "Anything else a component sees as a type.",
      severity: "error",
      from: { path: "^components/", pathNot: TESTS },
      to: {
        path: "^(db|inngest|scripts|lib|app)/",
        pathNot: ["^lib/(domain|i18n)/", "^app/.*(actions|search-params)\\.js$"],
      },
    },
    {
      name: "7-who-may-mint-a-workspace",
      severity: "error",
      from: {
        pathNot: ["^lib/auth/", "^db/queries/system/", "^db/demo", "^lib/domain/", TESTS],
      },
      to: { path: "^lib/domain/workspace-id\\.js$" },
    },
    {
      name: "the-stand-ins-stand-alone",
      comment:
        "The simulator is Twilio as seen from outside: it shares nothing with what it judges.",
      severity: "error",
      from: { path: "^lib/embedded/simulator/", pathNot: TESTS },
      to: { path: "^(app|components|db|inngest|lib)/", pathNot: "^lib/embedded/simulator/" },
    },
    {
      name: "doors-are-not-imported",
      comment: "The launcher's fast lane shares the webhook doors, components the actions.",
      severity: "error",
      from: { pathNot: ["^app/", "^scripts/", "^components/", TESTS] },
      to: { path: "^app/" },
    },
    {
      name: "no-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "\\.(json|css)$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^messages/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default"],
      mainFields: ["module", "main", "types"],
    },
  },
};
