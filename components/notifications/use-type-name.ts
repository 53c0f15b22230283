import { useTranslations } from "next-intl";

/** The name of a notification's type; one without a name is called by its key. */
export function useTypeName(): (type: string) => string {
  const t = useTranslations("history.types");
  return (type) => {
    const key = type.replaceAll(".", "_");
    return t.has(key) ? t(key) : type;
  };
}
