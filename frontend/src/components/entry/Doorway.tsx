import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Brand } from "../ui/Brand";

/** What stands around whatever lets somebody in. Not in the middle: what unfolds would push all of it up. */
export function Doorway({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <main className="grid min-h-dvh content-start justify-center p-5 pt-[max(1.25rem,14vh)]">
      <div className="w-[min(26rem,calc(100vw-2.5rem))]">
        <div className="flex items-center gap-3">
          <Brand size={36} />
          <span className="text-2xl font-semibold">{t("app.name")}</span>
        </div>
        {children}
      </div>
    </main>
  );
}
