import { Bookmark, History, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { joiningWord, NO_SEARCH, toAddress } from "@/lib/searchRequest";
import { useRecentSearchesStore } from "@/stores/recentSearchesStore";
import type { SavedSearch } from "@/types/search";
import { Button, IconButton } from "../ui/Button";
import { WordsAreJoined } from "./NothingFound";
import { SavedSearchMenu } from "./SavedSearchMenu";

const EXAMPLES = ["Words", "Phrase", "Prefix", "Without"] as const;

/** Nothing is looked for yet: how it is done, and what was looked for before. */
export function SearchStart({ saved }: { saved: readonly SavedSearch[] }) {
  const { t } = useTranslation();
  const { recent, forget, clear } = useRecentSearchesStore();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-9 pt-2">
      {recent.length === 0 && (
        <div className="pt-4">
          <h2 className="text-lg font-semibold text-balance">{t("search.startTitle")}</h2>
          <p className="max-w-xl pt-1 text-text-2">{t("search.startText")}</p>
        </div>
      )}
      {saved.length > 0 && (
        // Where there is room for them, they stand beside the lists.
        <Part title={t("search.saved")} className="lg:hidden">
          <ul>
            {saved.map((search) => (
              <Row
                key={search.id}
                to={toAddress(search)}
                icon={<Bookmark size={17} aria-hidden />}
                text={search.name}
              >
                <SavedSearchMenu saved={search} />
              </Row>
            ))}
          </ul>
        </Part>
      )}
      {recent.length > 0 && (
        <Part
          title={t("search.recent")}
          action={
            <Button look="quiet" onClick={clear} className="-my-2 -mr-2 text-text-3">
              {t("search.clearRecent")}
            </Button>
          }
        >
          <ul>
            {recent.map((query) => (
              <Row
                key={query}
                to={toAddress({ ...NO_SEARCH, query })}
                icon={<History size={17} aria-hidden />}
                text={query}
              >
                <IconButton label={t("search.forgetRecent", { query })} onClick={() => forget(query)}>
                  <X size={16} aria-hidden />
                </IconButton>
              </Row>
            ))}
          </ul>
        </Part>
      )}
      <Part title={t("search.how")}>
        <WordsAreJoined query={recent.find(joiningWord) ?? ""} />
        <dl className="grid gap-x-6 gap-y-3.5 pt-1 sm:grid-cols-[max-content_minmax(0,1fr)] sm:items-baseline">
          {EXAMPLES.map((example) => (
            <div key={example} className="grid gap-1.5 sm:contents">
              <dt>
                <span className="inline-block rounded-lg border border-surface-3 bg-surface-1 px-3 py-1.5 text-sm text-text-1">
                  {t(`search.example${example}`)}
                </span>
              </dt>
              <dd className="text-sm text-text-2">{t(`search.example${example}Text`)}</dd>
            </div>
          ))}
        </dl>
      </Part>
    </div>
  );
}

interface PartProps {
  title: string;
  action?: ReactNode;
  className?: string;
  children: ReactNode;
}

function Part({ title, action, className, children }: PartProps) {
  return (
    <section className={className}>
      <div className="flex items-center justify-between pb-1.5">
        <h2 className="text-sm font-semibold text-text-2">{title}</h2>
        {action}
      </div>
      {children}
    </section>
  );
}

function Row({
  to,
  icon,
  text,
  children,
}: {
  to: string;
  icon: ReactNode;
  text: string;
  children: ReactNode;
}) {
  return (
    <li className="-mx-3 flex items-center rounded-lg hover:bg-surface-2">
      <Link to={to} className="flex min-w-0 grow items-center gap-3 rounded-lg py-2 pr-2 pl-3">
        <span className="shrink-0 text-text-3">{icon}</span>
        <bdi className="truncate">{text}</bdi>
      </Link>
      <span className="pr-1.5">{children}</span>
    </li>
  );
}
