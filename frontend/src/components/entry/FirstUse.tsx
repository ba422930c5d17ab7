import { ClipboardPaste, FileText, Link2, Share2, TextSelect } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import "@/lib/i18n/entry";
import { useTouch } from "@/hooks/useMediaQuery";
import { Button } from "../ui/Button";
import { FirstUsePicture } from "./FirstUsePicture";

/** One picture, one sentence, one thing to do. A phone has nothing to drop: it shares and pastes. */
export default function FirstUse({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation();
  const touch = useTouch();
  const keys = /mac/i.test(navigator.platform) ? "⌘V" : `${t("shortcuts.ctrl")}+V`;
  return (
    <div className="grid min-h-[60vh] grid-cols-[minmax(0,1fr)] place-content-center justify-items-center gap-3 px-2 py-6 text-center sm:py-10">
      <FirstUsePicture touch={touch} />
      <h2 className="max-w-xl pt-3 text-2xl font-semibold text-balance">
        {touch ? t("empty.touchTitle") : t("empty.title")}
      </h2>
      <p className="max-w-lg text-text-2 text-balance">
        {touch ? t("empty.touchText") : t("empty.text", { keys })}
      </p>
      <ul
        aria-label={touch ? t("empty.touchWays") : t("empty.ways")}
        className="flex flex-wrap justify-center gap-x-5 gap-y-1.5 pt-1 text-sm text-text-3"
      >
        {touch ? (
          <>
            <Way icon={<Share2 size={15} />}>{t("empty.wayShare")}</Way>
            <Way icon={<ClipboardPaste size={15} />}>{t("empty.wayPaste")}</Way>
          </>
        ) : (
          <>
            <Way icon={<Link2 size={15} />}>{t("empty.wayLink")}</Way>
            <Way icon={<TextSelect size={15} />}>{t("empty.waySelection")}</Way>
          </>
        )}
        <Way icon={<FileText size={15} />}>{t("empty.wayFile")}</Way>
      </ul>
      <div className="flex flex-wrap items-center justify-center gap-x-2 gap-y-1 pt-3">
        <Button look="main" onClick={onAdd} className="h-10 px-5">
          {t("empty.action")}
        </Button>
        {touch && (
          <Link
            to="/settings#phone"
            className="rounded-lg px-3.5 py-2.5 text-sm font-semibold text-text-2 hover:bg-surface-2"
          >
            {t("empty.shareHow")}
          </Link>
        )}
      </div>
    </div>
  );
}

function Way({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="inline-flex items-center gap-1.5">
      <span aria-hidden>{icon}</span>
      {children}
    </li>
  );
}
