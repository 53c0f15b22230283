import type { RequestListener } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { fetchChecked } from "../../lib/http/address-check";
import type { ProviderAccount, SmsRequest } from "../../lib/ports/sms";
import { createSnsProvider } from "../../lib/providers/sms/aws-sns";
import { createTwilioProvider } from "../../lib/providers/sms/twilio";
import { endless, GARBAGE, openGarbageServer, TEN_MB } from "../support/garbage";

/**
 * What a provider answers need not make sense. A create of which nobody can say whether it was taken is
 * `unknown`, a read says that there was no answer; nothing throws, and a body without end is not read.
 */
const CASES = Object.entries(GARBAGE) as [string, RequestListener][];
const MB = 1024 * 1024;
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function answering(listener: RequestListener): Promise<string> {
  const { origin, close } = await openGarbageServer(listener);
  ends.push(close);
  return origin;
}

const request: SmsRequest = {
  channel: "sms",
  from: "+33199000100",
  messagingServiceSid: null,
  to: "+33612345678",
  body: "Bonjour",
  mediaUrls: [],
  template: null,
  statusCallback: "https://carillon.test/s",
  validitySeconds: null,
};

function twilioAt(origin: string) {
  const provider = createTwilioProvider({
    twilioApiUrl: origin,
    fetchFile: (url, { trustedOrigin, ...options }) =>
      fetchChecked(url, { ...options, trustedOrigins: trustedOrigin ? [trustedOrigin] : [] }),
  });
  const account: ProviderAccount = {
    id: origin,
    provider: "twilio",
    sid: `AC${"0".repeat(32)}`,
    token: "token",
    apiOrigin: null,
  };
  return { provider, account };
}

function snsAt(origin: string) {
  const account: ProviderAccount = {
    id: origin,
    provider: "aws_sns",
    sid: `AKIA${"0".repeat(16)}`,
    token: "secret",
    apiOrigin: origin,
  };
  return { provider: createSnsProvider({}), account };
}

/** Every question that a worker puts to Twilio. */
function readsOf({ provider, account }: ReturnType<typeof twilioAt>) {
  const { from, to } = request;
  const since = new Date(0);
  const until = new Date();
  const target = { channel: "sms", sender: from, messagingServiceSid: null } as const;
  const service = { ...target, messagingServiceSid: `MG${"0".repeat(32)}` };
  const urls = { url: "https://carillon.test/w", fallbackUrl: "https://carillon.test/f" };
  return {
    listSent: () => provider.listSent(account, { channel: "sms", from, to, since }),
    listTraffic: () => provider.listTraffic(account, { from: since, until: new Date() }),
    listPrices: () => provider.listPrices(account, { from: since, until, page: null }),
    listFiles: () => provider.listFiles(account, "MM1"),
    fetchReport: () => provider.fetchReport(account, "SM1"),
    listTemplates: () => provider.listTemplates(account),
    testConnection: () => provider.testConnection(account, from, "sms"),
    testWhatsApp: () => provider.testConnection(account, from, "whatsapp"),
    readWebhook: () => provider.readWebhook(account, target),
    setWebhook: () => provider.setWebhook(account, target, urls),
    setServiceWebhook: () => provider.setWebhook(account, service, urls),
  };
}

describe.each(CASES)("%s", (_name, listener) => {
  it("in answer to a create at Twilio: unknown", async () => {
    const { provider, account } = twilioAt(await answering(listener));
    expect((await provider.send(account, request)).kind).toBe("unknown");
  });

  it("in answer to every read at Twilio: no answer", async () => {
    const reads = readsOf(twilioAt(await answering(listener)));
    for (const [name, read] of Object.entries(reads)) {
      expect(await read(), name).toMatchObject({ ok: false });
    }
  });

  it("in answer to a publish at SNS: unknown; to a test of the connection: none", async () => {
    const { provider, account } = snsAt(await answering(listener));
    expect((await provider.send(account, request)).kind).toBe("unknown");
    expect(await provider.testConnection(account, "Carillon", "sms")).toMatchObject({ ok: false });
  });

  it("in the place of a received file: bytes or a reason, and no more than were asked for", async () => {
    const { provider, account } = twilioAt(await answering(listener));
    const url = "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1";
    const file = await provider.fetchMedia(account, url, MB);
    if (file.ok) expect(file.bytes.length).toBeLessThanOrEqual(MB);
    else expect(file.reason).toBe("the file is over 1 MB");
  });
});

it("messages without their date or direction are no answer: they would count as not there", async () => {
  const rows = '{"messages":[{"sid":"SM1"}],"page":0}';
  const reads = readsOf(twilioAt(await answering((_, response) => response.end(rows))));
  expect(await reads.listSent()).toMatchObject({ ok: false });
  expect(await reads.listTraffic()).toMatchObject({ ok: false });
});

it("a list of texts without end is cut, and says that it is not whole", async () => {
  let asked = 0;
  const page = (_: unknown, response: { end: (text: string) => void }) => {
    asked += 1;
    const next_page_uri = `/2010-04-01/Accounts/AC${"0".repeat(32)}/Messages.json?Page=${asked}`;
    const date = "Fri, 20 Nov 2026 09:00:00 +0000";
    const row = { sid: `SM${asked}`, direction: "inbound", date_created: date, date_sent: date };
    response.end(JSON.stringify({ messages: [row], page: asked, next_page_uri }));
  };
  const { listTraffic } = readsOf(twilioAt(await answering(page)));
  const list = await listTraffic();
  expect(list).toMatchObject({ ok: true, isWhole: false });
  expect(asked).toBe(11);
});

/** What the sockets of both sides may hold beside what was read. */
const IN_SOCKETS = TEN_MB;

describe("a body without end", () => {
  it.each(["application/json", "text/html"])("of %s is cut at a create", async (type) => {
    const { listener, taken } = endless(type);
    const { provider, account } = twilioAt(await answering(listener));
    expect(await provider.send(account, request)).toMatchObject({ kind: "unknown" });
    expect(await taken).toBeLessThan(MB + IN_SOCKETS);
  });

  it("is cut at a list", async () => {
    const { listener, taken } = endless("application/json");
    const { listSent } = readsOf(twilioAt(await answering(listener)));
    expect(await listSent()).toMatchObject({ ok: false, reason: expect.stringContaining("over") });
    expect(await taken).toBeLessThan(16 * MB + IN_SOCKETS);
  });

  it("is cut at SNS", async () => {
    const { listener, taken } = endless("text/xml");
    const { provider, account } = snsAt(await answering(listener));
    expect(await provider.send(account, request)).toMatchObject({ kind: "unknown" });
    expect(await taken).toBeLessThan(MB + IN_SOCKETS);
  });

  it("is cut at a received file", async () => {
    const { listener, taken } = endless("image/png");
    const { provider, account } = twilioAt(await answering(listener));
    const file = await provider.fetchMedia(account, "https://api.twilio.com/f", MB);
    expect(file).toMatchObject({ ok: false, isFinal: true });
    expect(await taken).toBeLessThan(MB + IN_SOCKETS);
  });
});
