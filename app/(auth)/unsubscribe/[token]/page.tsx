import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/components/auth/auth-card";
import { SubscriptionForm } from "@/components/auth/subscription-form";
import { openSubscription } from "@/lib/contacts/unsubscribe";
import { maskAddress } from "@/lib/domain/mask-address";
import { getDeps } from "@/lib/runtime";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("subscription");
  return { title: t("title"), robots: { index: false } };
}

/** Opened from an e-mail, by whoever holds it: it shows no address and changes nothing by itself. */
export default async function UnsubscribePage({ params }: Props) {
  const [{ token }, t] = await Promise.all([params, getTranslations("subscription")]);
  const found = await openSubscription(getDeps(), token);
  if (!found) return <AuthCard title={t("deadTitle")} lead={t("dead")} />;
  const { workspaceName: sender, address } = found;
  return (
    <AuthCard title={t("title")} lead={t("lead", { sender, address: maskAddress(address) })}>
      <SubscriptionForm token={token} isOptedOut={found.state === "opted_out"} sender={sender} />
    </AuthCard>
  );
}
