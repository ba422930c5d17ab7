import { BookmarkPlus } from "lucide-react";
import { useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import "@/lib/i18n/tools";
import { bookmarklet } from "@/lib/otherTools";
import { Snippet } from "./Snippet";

/** A bookmark that adds the page one is looking at, and how to make one by hand. */
export function Bookmarklet() {
  const { t } = useTranslation();
  const code = bookmarklet(location.origin);
  const link = useRef<HTMLAnchorElement>(null);
  // React refuses such an address, as somebody else's could be dangerous; this one is ours, and it is not run here.
  useLayoutEffect(() => link.current?.setAttribute("href", code), [code]);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] justify-items-start gap-3">
      <p className="text-sm text-text-2">{t("tools.bookmarkletText")}</p>
      {/* biome-ignore-start lint/a11y: it has to be a link, as a bookmark is made of one */}
      <a
        ref={link}
        onClick={(event) => {
          event.preventDefault();
          toast(t("tools.bookmarkletDrag"));
        }}
        className="inline-flex min-h-9 cursor-grab items-center gap-2 rounded-lg border border-dashed border-text-3 bg-surface-1 px-3.5 py-1 text-sm font-semibold hover:border-accent"
      >
        <BookmarkPlus size={16} className="text-accent" aria-hidden />
        {t("tools.bookmarkletName")}
      </a>
      {/* biome-ignore-end lint/a11y: see above */}
      <Snippet
        label={t("tools.bookmarkletElse")}
        text={code}
        copyLabel={t("tools.bookmarkletCopy")}
        oneWord
      />
    </div>
  );
}
