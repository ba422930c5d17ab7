import { Search, X } from "lucide-react";
import { type Ref, useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { SEARCH_FIELD } from "@/hooks/useOpenSearch";
import { LONGEST_QUERY } from "@/lib/searchRequest";
import { IconButton } from "../ui/Button";

interface Props {
  text: string;
  onText: (text: string) => void;
  onSubmit: () => void;
  /** It takes the focus as soon as it is there. */
  focused: boolean;
  ref: Ref<HTMLInputElement>;
}

/** The field of the search page. Enter looks at once, Escape empties it. */
export function SearchField({ text, onText, onSubmit, focused, ref }: Props) {
  const { t } = useTranslation();
  const wanted = useRef(focused);
  const field = () => document.getElementById(SEARCH_FIELD);

  useLayoutEffect(() => {
    if (wanted.current) document.getElementById(SEARCH_FIELD)?.focus({ preventScroll: true });
  }, []);

  return (
    <search className="relative block min-w-0 grow">
      <Search
        size={18}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-3.5 -translate-y-1/2 text-text-3"
      />
      <input
        ref={ref}
        id={SEARCH_FIELD}
        type="search"
        dir="auto"
        aria-label={t("search.placeholder")}
        aria-keyshortcuts="/"
        placeholder={t("search.placeholder")}
        value={text}
        maxLength={LONGEST_QUERY}
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
        enterKeyHint="search"
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Enter") {
            event.preventDefault();
            onSubmit();
            // The results are below the phone's own keyboard.
            if (matchMedia("(pointer: coarse)").matches) event.currentTarget.blur();
          }
          if (event.key === "Escape") {
            event.preventDefault();
            if (text === "") event.currentTarget.blur();
            else onText("");
          }
        }}
        className="h-11 w-full rounded-xl border border-surface-3 bg-surface-1 pr-3 pl-11 not-placeholder-shown:pr-11 text-base placeholder:text-text-3 focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 [&::-webkit-search-cancel-button]:hidden"
      />
      {text !== "" && (
        <IconButton
          label={t("search.clear")}
          className="absolute top-1 right-1"
          onClick={() => {
            onText("");
            field()?.focus();
          }}
        >
          <X size={17} aria-hidden />
        </IconButton>
      )}
    </search>
  );
}
