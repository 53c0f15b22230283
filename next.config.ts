import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const withIntl = createNextIntlPlugin("./lib/i18n/request.ts");

const config: NextConfig = {
  // next dev would write a file of instructions into the project.
  agentRules: false,
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  allowedDevOrigins: ["127.0.0.1", "localhost"],
  // What the launcher builds and hands over on globalThis stays out of the bundles.
  serverExternalPackages: ["postgres", "pino", "twilio"],
  // The engine of this very process calls several times a minute: what it did stands in the job runs.
  logging: { incomingRequests: { ignore: [/^\/api\/inngest/] } },
  turbopack: { root: import.meta.dirname },
};

export default withIntl(config);
