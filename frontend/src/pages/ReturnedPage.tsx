import { useTranslation } from "react-i18next";
import { useFinishLinking } from "@/hooks/useLinked";
import "@/lib/i18n/people";

/** Back from the provider, for a moment. */
export default function ReturnedPage() {
  const { t } = useTranslation();
  useFinishLinking();
  return (
    <main id="main" className="appear-soon grid min-h-dvh place-content-center p-6 text-center text-text-2">
      <p>{t("account.linking")}</p>
    </main>
  );
}
