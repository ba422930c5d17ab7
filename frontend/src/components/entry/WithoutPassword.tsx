import { ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import "@/lib/i18n/entry";

/**
 * What to do without a password.
 *
 * @param isHere the page is open on the server's own machine, where its links let in as they are.
 */
export function WithoutPassword({ isHere }: { isHere: boolean }) {
  const { t } = useTranslation();
  return (
    <details className="group mt-6 border-t border-surface-3 pt-4">
      <summary className="flex min-h-9 cursor-pointer list-none items-center gap-1.5 rounded-md text-sm text-text-2 hover:text-text-1 [&::-webkit-details-marker]:hidden">
        {t("signIn.without")}
        <ChevronRight size={16} className="shrink-0 text-text-3 group-open:rotate-90" aria-hidden />
      </summary>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5 pt-2 text-sm text-text-2">
        <h2 className="font-semibold text-text-1">{t("signIn.invitedTitle")}</h2>
        <p>{t("signIn.invited")}</p>
        <h2 className="pt-3 font-semibold text-text-1">{t("signIn.ownTitle")}</h2>
        <p>{t("signIn.own")}</p>
        <Command>{`videothek users link${isHere ? "" : " --anywhere"}`}</Command>
        <p className="pt-1.5">{t("signIn.forgotten")}</p>
        <Command>videothek users password</Command>
      </div>
    </details>
  );
}

function Command({ children }: { children: string }) {
  return (
    <pre className="rounded-lg bg-surface-2 px-3 py-2 break-words whitespace-pre-wrap text-text-1">
      <code>{children}</code>
    </pre>
  );
}
