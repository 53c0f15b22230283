import { type Exchange, sendJson } from "./http";
import type { SimAccount } from "./words";

export const TEMPLATES_PATH = "/v1/ContentAndApprovals";

type SimTemplate = {
  sid: string;
  name: string;
  language: string;
  body: string;
  samples: Record<string, string>;
  category: string;
  status: "approved" | "pending" | "rejected";
  rejectionReason?: string;
};

const sid = (digit: string) => `HX${digit.repeat(32)}`;

/** What every account of this network has submitted to WhatsApp. */
const TEMPLATES: readonly SimTemplate[] = [
  {
    sid: sid("1"),
    name: "rendez_vous_rappel",
    language: "fr",
    body: "Bonjour {{1}}, nous vous attendons {{2}}. Répondez OUI pour confirmer.",
    samples: { "1": "Claire", "2": "mardi à 10 h" },
    category: "UTILITY",
    status: "approved",
  },
  {
    sid: sid("2"),
    name: "commande_prete",
    language: "fr",
    body: "Bonjour {{prenom}}, votre {{article}} est prêt. Nous sommes ouverts jusqu’à 19 h.",
    samples: { prenom: "Karim", article: "vélo" },
    category: "UTILITY",
    status: "approved",
  },
  {
    sid: sid("3"),
    name: "order_ready",
    language: "en",
    body: "Hello {{name}}, your {{item}} is ready. We are open until 7 pm.",
    samples: { name: "Emma", item: "bike" },
    category: "UTILITY",
    status: "approved",
  },
  {
    sid: sid("4"),
    name: "reprise_contact",
    language: "fr",
    body: "Bonjour, pouvons-nous encore vous aider ?",
    samples: {},
    category: "UTILITY",
    status: "approved",
  },
  {
    sid: sid("5"),
    name: "soldes_ete",
    language: "fr",
    body: "{{1}}, moins 20 % sur tout l’atelier cette semaine !",
    samples: { "1": "Claire" },
    category: "MARKETING",
    status: "pending",
  },
  {
    sid: sid("6"),
    name: "concours",
    language: "fr",
    body: "Gagnez un vélo, {{1}} !",
    samples: { "1": "Claire" },
    category: "MARKETING",
    status: "rejected",
    rejectionReason: "The template looks like a contest.",
  },
];

/** GET /v1/ContentAndApprovals: one page. */
export function answerTemplates(account: SimAccount, { response }: Exchange) {
  const url = `https://content.twilio.com${TEMPLATES_PATH}?PageSize=50&Page=0`;
  sendJson(response, 200, {
    contents: TEMPLATES.map((template) => templateJson(account, template)),
    meta: {
      page: 0,
      page_size: 50,
      first_page_url: url,
      previous_page_url: null,
      next_page_url: null,
      url,
      key: "contents",
    },
  });
}

function templateJson(account: SimAccount, template: SimTemplate) {
  const at = new Date(account.createdAt).toISOString();
  return {
    sid: template.sid,
    account_sid: account.sid,
    friendly_name: template.name,
    language: template.language,
    variables: template.samples,
    types: { "twilio/text": { body: template.body } },
    approval_requests: {
      name: template.name,
      category: template.category,
      content_type: "twilio/text",
      status: template.status,
      rejection_reason: template.rejectionReason ?? "",
    },
    date_created: at,
    date_updated: at,
  };
}

type Filled = { ok: true; body: string } | { ok: false; code: 63027 | 63028 | 63040 };

/** What the person reads, or why WhatsApp takes it not. */
export function readTemplate(contentSid: string, values: Record<string, unknown>): Filled {
  const template = TEMPLATES.find((one) => one.sid === contentSid);
  if (!template) return { ok: false, code: 63027 };
  if (template.status !== "approved") return { ok: false, code: 63040 };
  const names = Object.keys(template.samples);
  const isComplete = names.every((name) => typeof values[name] === "string" && values[name] !== "");
  if (!isComplete || Object.keys(values).length !== names.length) return { ok: false, code: 63028 };
  const body = template.body.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));
  return { ok: true, body };
}
