import type { DatabaseClients } from "../../db/client";
import type { Clock } from "../../lib/ports/clock";
import type { Deps } from "../../lib/ports/deps";
import type { EmailProvider, EmailRequest } from "../../lib/ports/email";
import type { Bell } from "../../lib/ports/jobs";
import type { Change } from "../../lib/ports/realtime";
import type {
  ConnectionTest,
  FetchedReport,
  FileList,
  ListedMessage,
  PriceList,
  PriceQuery,
  ProviderReport,
  ProviderTemplate,
  ReceivedMessage,
  SendOutcome,
  SentList,
  SentMessage,
  SentQuery,
  SmsProvider,
  SmsRequest,
  TemplateList,
  Traffic,
  TrafficQuery,
  WebhookAnswer,
} from "../../lib/ports/sms";
import { systemChance } from "../../lib/providers/chance";
import { createCipher } from "../../lib/providers/cipher";
import { createWebhookSender } from "../../lib/providers/webhooks";

/** A clock that moves only when told to; both readings move together. */
export class ManualClock implements Clock {
  private elapsed = 0;
  constructor(private readonly start = new Date("2026-11-20T09:00:00.000Z")) {}
  now() {
    return new Date(this.start.getTime() + this.elapsed);
  }
  monotonic() {
    return this.elapsed;
  }
  /** Milliseconds. */
  advance(ms: number) {
    this.elapsed += ms;
  }
}

/** A provider that records what it is asked and answers as the test says. */
export class ScriptedSms implements SmsProvider {
  readonly sent: SmsRequest[] = [];
  answer: (request: SmsRequest, n: number) => SendOutcome | Promise<SendOutcome> = (
    _request,
    n,
  ) => ({
    kind: "accepted",
    providerId: `SM${n.toString(16).padStart(32, "0")}`,
    segments: 1,
  });
  async send(_account: unknown, request: SmsRequest) {
    this.sent.push(request);
    return this.answer(request, this.sent.length);
  }
  /** What the provider says when it is asked; null: it does not answer. */
  listed: readonly ListedMessage[] | null = [];
  readonly asked: SentQuery[] = [];
  report: ProviderReport | null = null;
  async listSent(_account: unknown, query: SentQuery): Promise<SentList> {
    this.asked.push(query);
    return this.listed ? { ok: true, messages: this.listed } : { ok: false, reason: "no answer" };
  }
  async fetchReport(): Promise<FetchedReport> {
    return this.report ? { ok: true, report: this.report } : { ok: false, reason: "no answer" };
  }
  /** What came in at the provider; null: it does not answer. */
  received: readonly ReceivedMessage[] | null = [];
  files: readonly { url: string; contentType: string }[] | null = [];
  /** What left there, by anybody. */
  departed: readonly SentMessage[] = [];
  /** How many texts a list holds at most. */
  longestList = 1000;
  readonly trafficQueries: TrafficQuery[] = [];
  async listTraffic(_account: unknown, query: TrafficQuery): Promise<Traffic> {
    this.trafficQueries.push(query);
    const isIn = (at: Date) => at >= query.from && at <= query.until;
    const received = this.received?.filter((one) => isIn(one.receivedAt));
    const sent = this.departed.filter((one) => isIn(one.sentAt));
    if (!received) return { ok: false, reason: "no answer" };
    const isWhole = received.length + sent.length <= this.longestList;
    return { ok: true, isWhole, received: received.slice(0, this.longestList), sent };
  }
  /** What is listed as prices, by page; the names of pages are their places. null: no answer. */
  prices: readonly Extract<PriceList, { ok: true }>["prices"][] | null = [];
  readonly priceQueries: PriceQuery[] = [];
  async listPrices(_account: unknown, query: PriceQuery): Promise<PriceList> {
    this.priceQueries.push(query);
    if (!this.prices) return { ok: false, reason: "no answer" };
    const n = Number(query.page ?? 0);
    const nextPage = n + 1 < this.prices.length ? String(n + 1) : null;
    return { ok: true, prices: this.prices[n] ?? [], nextPage };
  }
  async listFiles(): Promise<FileList> {
    return this.files ? { ok: true, files: this.files } : { ok: false, reason: "no answer" };
  }
  connection: ConnectionTest = { ok: true, accountName: "test", senders: null };
  async testConnection() {
    return this.connection;
  }
  templates: readonly ProviderTemplate[] | null = [];
  async listTemplates(): Promise<TemplateList> {
    return this.templates
      ? { ok: true, templates: this.templates }
      : { ok: false, reason: "no answer" };
  }
  webhook: WebhookAnswer = { ok: true, urls: { url: null, fallbackUrl: null } };
  async readWebhook() {
    return this.webhook;
  }
  async setWebhook(
    _account: unknown,
    _target: unknown,
    urls: { url: string; fallbackUrl: string },
  ) {
    if (this.webhook.ok) this.webhook = { ok: true, urls };
    return this.webhook;
  }
  async fetchMedia() {
    return { ok: false as const, isFinal: true, reason: "no media in this test" };
  }
}

/** The same for e-mail. */
export class ScriptedEmail implements EmailProvider {
  readonly sent: EmailRequest[] = [];
  answer: (request: EmailRequest, n: number) => SendOutcome = (_request, n) => ({
    kind: "accepted",
    providerId: `mail-${n}`,
    segments: null,
  });
  async send(_account: unknown, request: EmailRequest) {
    this.sent.push(request);
    return this.answer(request, this.sent.length);
  }
  report: ProviderReport | null = null;
  async fetchReport(): Promise<FetchedReport> {
    return this.report ? { ok: true, report: this.report } : { ok: false, reason: "no answer" };
  }
  connection: ConnectionTest = { ok: true, accountName: "test", senders: null };
  async testConnection() {
    return this.connection;
  }
}

export type LogLine = { level: string; fields: Record<string, unknown>; message: string };

export type TestDeps = Deps & {
  clock: ManualClock;
  provider: ScriptedSms;
  mailer: ScriptedEmail;
  changes: Change[];
  bells: Bell[];
  lines: LogLine[];
};

/** Deps on a real database with the outside world scripted and recorded. */
export function testDeps(database: Pick<DatabaseClients, "db" | "sql">): TestDeps {
  const changes: Change[] = [];
  const bells: Bell[] = [];
  const lines: LogLine[] = [];
  const provider = new ScriptedSms();
  const mailer = new ScriptedEmail();
  const write = (level: string) => (fields: Record<string, unknown>, message: string) => {
    lines.push({ level, fields, message });
  };
  return {
    db: database.db,
    sql: database.sql,
    clock: new ManualClock(),
    chance: systemChance,
    cipher: createCipher(["00".repeat(32)]),
    log: { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") },
    realtime: { announce: (added) => void changes.push(...added) },
    jobs: { ring: async (added) => void bells.push(...added) },
    sms: () => provider,
    email: () => mailer,
    webhooks: createWebhookSender({ trustedOrigins: [] }),
    settings: {
      appUrl: "https://carillon.test",
      timeScale: 1,
      trustedOrigins: [],
      linkSecret: "test-link-secret",
    },
    provider,
    mailer,
    changes,
    bells,
    lines,
  };
}
