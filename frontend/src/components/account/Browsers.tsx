import { MonitorSmartphone } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useBrowsers, useEndBrowser, useEndOtherBrowsers } from "@/hooks/useAccount";
import { useNow } from "@/hooks/useNow";
import { browserName } from "@/lib/browserNames";
import "@/lib/i18n/people";
import { agoOf } from "@/lib/when";
import type { SignedInBrowser } from "@/types/video";
import { Button } from "../ui/Button";

const MINUTE_MS = 60_000;

/** Where one is signed in, this browser first. */
export function Browsers() {
  const { t } = useTranslation();
  const { data: browsers, isError, refetch } = useBrowsers();
  const { mutate: endOthers, isPending } = useEndOtherBrowsers();
  if (!browsers) {
    return isError ? (
      <p className="flex flex-wrap items-center gap-3">
        {t("account.browsersFailed")}
        <Button onClick={() => void refetch()}>{t("common.tryAgain")}</Button>
      </p>
    ) : null;
  }
  const ordered = [...browsers].sort((a, b) => Number(b.is_current) - Number(a.is_current));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] justify-items-start gap-3">
      <ul
        aria-label={t("account.browsers")}
        className="w-full divide-y divide-surface-3 border-y border-surface-3"
        data-testid="browsers"
      >
        {ordered.map((browser) => (
          <BrowserRow key={browser.id} browser={browser} />
        ))}
      </ul>
      {browsers.length > 1 && (
        <Button aria-disabled={isPending} onClick={() => !isPending && endOthers()}>
          {t("account.endOthers")}
        </Button>
      )}
    </div>
  );
}

function BrowserRow({ browser }: { browser: SignedInBrowser }) {
  const { t, i18n } = useTranslation();
  const { mutate } = useEndBrowser();
  const now = new Date(useNow(MINUTE_MS));
  const name = browserName(browser.client) ?? t("account.unknownBrowser");
  const ago = agoOf(browser.last_seen_at, i18n.language, now) ?? t("account.justNow");
  return (
    <li className="flex items-center gap-3 py-2.5">
      <MonitorSmartphone size={17} className="shrink-0 text-text-3" aria-hidden />
      <div className="min-w-0 grow">
        <p className="truncate" title={browser.client}>
          {name}
        </p>
        <p className="tabular flex flex-wrap gap-x-2 text-sm text-text-2">
          <span>{browser.is_current ? t("account.thisBrowser") : t("account.seen", { ago })}</span>
          <span className="min-w-0 text-text-3 break-all">{browser.address}</span>
        </p>
      </div>
      {!browser.is_current && (
        <Button look="quiet" aria-label={t("account.endName", { name })} onClick={() => mutate(browser)}>
          {t("account.end")}
        </Button>
      )}
    </li>
  );
}
