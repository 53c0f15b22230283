import type { Channel, Role } from "../../lib/domain/words";

/** Who and what is in the demo. Every number is one that is kept for fiction. */

export type UserKey = "lea" | "marc" | "ines" | "tom" | "hugo";

export const DEMO_PASSWORD = "carillon-demo";

export const DEMO_USERS: Record<
  UserKey,
  { name: string; email: string; locale: "fr" | "en"; phone: string }
> = {
  lea: {
    name: "Léa Fontaine",
    email: "lea@demo.carillon.test",
    locale: "fr",
    phone: "+33199000901",
  },
  marc: {
    name: "Marc Delmas",
    email: "marc@demo.carillon.test",
    locale: "fr",
    phone: "+33199000902",
  },
  ines: {
    name: "Inès Benali",
    email: "ines@demo.carillon.test",
    locale: "fr",
    phone: "+33199000903",
  },
  tom: {
    name: "Tom Walker",
    email: "tom@demo.carillon.test",
    locale: "en",
    phone: "+33199000904",
  },
  hugo: {
    name: "Hugo Lambert",
    email: "hugo@demo.carillon.test",
    locale: "fr",
    phone: "+33199000905",
  },
};

export type SenderKey = "accueil" | "location" | "whatsapp" | "librairie";

export type DemoSender = {
  key: SenderKey;
  name: string;
  type: Extract<Channel, "sms" | "whatsapp">;
  number: string;
  isDefault: boolean;
};

export type DemoWorkspace = {
  slug: string;
  name: string;
  /** The name under which the provider knows the account. */
  accountName: string;
  /** From which it sends e-mails. */
  mailDomain: string;
  senders: DemoSender[];
  members: { user: UserKey; role: Role }[];
};

export const DEMO_WORKSPACES: DemoWorkspace[] = [
  {
    slug: "demo",
    name: "Atelier Solstice",
    accountName: "Atelier Solstice (demo)",
    mailDomain: "atelier-solstice.example",
    senders: [
      { key: "accueil", name: "Accueil", type: "sms", number: "+33199000101", isDefault: true },
      { key: "location", name: "Location", type: "sms", number: "+33199000102", isDefault: false },
      {
        key: "whatsapp",
        name: "WhatsApp",
        type: "whatsapp",
        number: "+33199000103",
        isDefault: true,
      },
    ],
    members: [
      { user: "lea", role: "owner" },
      { user: "marc", role: "admin" },
      { user: "ines", role: "agent" },
      { user: "tom", role: "member" },
    ],
  },
  {
    slug: "demo-librairie",
    name: "Librairie du Canal",
    accountName: "Librairie du Canal (demo)",
    mailDomain: "librairie-du-canal.example",
    senders: [
      { key: "librairie", name: "Comptoir", type: "sms", number: "+33199000201", isDefault: true },
    ],
    members: [
      { user: "lea", role: "owner" },
      { user: "hugo", role: "agent" },
    ],
  },
];

export const DEMO_LABELS = {
  location: { name: "Location", color: "teal" },
  reparation: { name: "Réparation", color: "amber" },
  facture: { name: "Facture", color: "violet" },
  reclamation: { name: "Réclamation", color: "red" },
  visiteur: { name: "Visiteur", color: "blue" },
} as const;

export type LabelKey = keyof typeof DEMO_LABELS;
