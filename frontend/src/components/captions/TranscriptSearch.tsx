import { ChevronDown, ChevronUp, Search, X } from "lucide-react";
import type { Ref } from "react";
import { useTranslation } from "react-i18next";
import type { Find } from "@/hooks/useFind";
import { say } from "@/lib/addedMessage";
import { number } from "@/lib/format";
import "@/lib/i18n/captions";
import { IconButton } from "../ui/Button";

/** Enter goes on, Shift+Enter goes back, Escape leaves the search. */
export function TranscriptSearch({ find, ref }: { find: Find; ref: Ref<HTMLInputElement> }) {
  const { t, i18n } = useTranslation();
  const { query, setQuery, found, at, step } = find;
  const count = found.matches.length;
  const searching = query.trim() !== "";
  const place =
    count > 0
      ? t("transcript.place", { ...say(count, i18n.language), place: number(at + 1, i18n.language) })
      : t("transcript.none");
  return (
    <search className="flex shrink-0 items-center gap-0.5 px-1.5 pb-1.5">
      <div className="relative min-w-0 grow">
        <Search
          size={15}
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-text-3"
        />
        <input
          ref={ref}
          type="search"
          aria-label={t("transcript.search")}
          aria-keyshortcuts="/"
          placeholder={t("transcript.search")}
          value={query}
          spellCheck={false}
          enterKeyHint="search"
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.nativeEvent.isComposing) {
              event.preventDefault();
              step(event.shiftKey ? -1 : 1);
            }
            if (event.key === "Escape") {
              event.preventDefault();
              if (query === "") event.currentTarget.blur();
              else setQuery("");
            }
          }}
          className="h-9 w-full rounded-lg border border-surface-3 bg-surface-0 pr-24 pl-8 text-sm placeholder:text-text-3 [&::-webkit-search-cancel-button]:hidden"
        />
        <p
          role="status"
          className="tabular pointer-events-none absolute top-1/2 right-3 -translate-y-1/2 bg-surface-0 pl-2 text-xs text-text-3"
        >
          {searching && place}
        </p>
      </div>
      {searching && (
        <>
          <IconButton label={t("transcript.previous")} disabled={count === 0} onClick={() => step(-1)}>
            <ChevronUp size={17} aria-hidden />
          </IconButton>
          <IconButton label={t("transcript.next")} disabled={count === 0} onClick={() => step(1)}>
            <ChevronDown size={17} aria-hidden />
          </IconButton>
          <IconButton label={t("transcript.clear")} onClick={() => setQuery("")}>
            <X size={16} aria-hidden />
          </IconButton>
        </>
      )}
    </search>
  );
}
