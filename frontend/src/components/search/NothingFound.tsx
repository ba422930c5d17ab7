import { useTranslation } from "react-i18next";
import { type OpenWay, useWaysOut } from "@/hooks/useSearch";
import { say } from "@/lib/addedMessage";
import { type QueryLink, queryLink } from "@/lib/queryLink";
import { activeFilters, joiningWord } from "@/lib/searchRequest";
import { filterValue } from "@/lib/searchWords";
import { useUiStore } from "@/stores/uiStore";
import type { SearchRequest } from "@/types/search";
import type { VideoList } from "@/types/video";
import { Button } from "../ui/Button";

interface Props {
  request: SearchRequest;
  lists: readonly VideoList[];
  onChange: (request: SearchRequest) => void;
}

/** For who has written a word that joins others elsewhere, and only for them. */
export function WordsAreJoined({ query }: { query: string }) {
  const { t } = useTranslation();
  const word = joiningWord(query);
  return word && <p className="text-sm text-balance text-text-2">{t("search.joined", { word })}</p>;
}

/** What can be done about it, first of all that which is known to help. */
export function NothingFound({ request, lists, onChange }: Props) {
  const link = queryLink(request.query);
  if (link && activeFilters(request.filters).length === 0) {
    return <NotInLibrary link={link} address={request.query.trim()} />;
  }
  return <WaysOut request={request} lists={lists} onChange={onChange} withLink={link !== null} />;
}

/** Whoever looks for a link knows what they want, and how it is spelled. */
function NotInLibrary({ link, address }: { link: QueryLink; address: string }) {
  const { t } = useTranslation();
  return (
    <div className="mx-auto grid max-w-lg justify-items-center gap-2 pt-[8vh] text-center">
      <h2 className="text-lg font-semibold text-balance">{t(`search.link_${link}`)}</h2>
      <p className="text-balance text-text-2">{t(`search.link_${link}Text`)}</p>
      <AddLink link={link} address={address} />
    </div>
  );
}

function AddLink({ link, address }: { link: QueryLink; address: string }) {
  const { t } = useTranslation();
  const openAdd = useUiStore((state) => state.openAdd);
  return (
    <Button look="main" className="my-3" onClick={() => openAdd(address)}>
      {t(`search.link_${link}Add`)}
    </Button>
  );
}

/** Above results that have some of the words only. Of a link, words are not what somebody is looking for. */
export function OnlySomeWords({ query }: { query: string }) {
  const { t } = useTranslation();
  const link = queryLink(query);
  return (
    <div className="rounded-xl bg-surface-2 px-4 py-2.5 text-sm text-text-2">
      {link && (
        <>
          <p>{t(`search.link_${link}Text`)}</p>
          <AddLink link={link} address={query.trim()} />
        </>
      )}
      <p>{t("search.relaxed")}</p>
      <WordsAreJoined query={query} />
    </div>
  );
}

function WaysOut({ request, lists, onChange, withLink }: Props & { withLink: boolean }) {
  const { t, i18n } = useTranslation();
  const ways = useWaysOut(request);
  const words = request.query.trim();
  const nameOf = ({ kind, filter }: OpenWay) => {
    if (kind !== "filter" || !filter) return t(`search.way_${kind === "filter" ? "filters" : kind}`);
    const value = filterValue(filter, request.filters, { t, language: i18n.language, lists });
    return t("search.way_filter", { filter: `${t(`search.filter_${filter}`)}: ${value}` });
  };
  return (
    <div className="mx-auto grid max-w-lg justify-items-center gap-2 pt-[8vh] text-center">
      <h2 className="text-lg font-semibold text-balance">
        {t(words === "" ? "search.noneTitleFilters" : "search.noneTitle")}
      </h2>
      <p className="text-balance text-text-2">
        {t(words === "" || withLink ? "search.noneFilters" : "search.noneText")}
      </p>
      <WordsAreJoined query={words} />
      {ways.length > 0 && (
        <section className="w-full pt-5">
          <h3 className="pb-2.5 text-sm text-text-2">{t("search.waysTitle")}</h3>
          <ul className="flex flex-wrap justify-center gap-2">
            {ways.map((way) => (
              <li key={nameOf(way)} className="max-w-full">
                <Button onClick={() => onChange(way.search)}>
                  <bdi className="min-w-0 break-words">{nameOf(way)}</bdi>
                  <span className="tabular shrink-0 font-normal text-text-2">
                    {way.totalIsExact
                      ? t("search.found", say(way.total, i18n.language))
                      : t("search.foundMany", say(way.total, i18n.language))}
                  </span>
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
