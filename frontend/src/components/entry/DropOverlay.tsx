import type { TFunction } from "i18next";
import { Ban, FileText, Link2, type LucideIcon, TextSelect } from "lucide-react";
import { useTranslation } from "react-i18next";
import { say } from "@/lib/addedMessage";
import type { Hovering } from "@/lib/dropContent";
import "@/lib/i18n/entry";

interface Props {
  listName: string;
  hovering: Hovering;
}

/** Says what will happen, over everything, while something is dragged over the page. */
export default function DropOverlay({ listName, hovering }: Props) {
  const { t, i18n } = useTranslation();
  const hopeless = isHopeless(hovering);
  const Icon = iconOf(hovering);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-0 z-50 bg-surface-0/90 p-4 backdrop-blur-sm sm:p-8"
      data-testid="drop-overlay"
    >
      <div
        className={`grid size-full grid-cols-[minmax(0,1fr)] place-content-center justify-items-center gap-2 rounded-3xl border-2 border-dashed p-6 text-center ${hopeless ? "border-text-3" : "border-accent"}`}
      >
        <Icon
          size={52}
          strokeWidth={1.5}
          className={`mb-2 ${hopeless ? "text-text-3" : "text-accent"}`}
          aria-hidden
        />
        <p className="max-w-2xl text-2xl font-semibold text-balance break-words">
          {hopeless ? t("hover.noneTitle") : t("hover.title", { name: listName })}
        </p>
        <p className="max-w-xl text-text-2 text-balance">{hoverWords(hovering, t, i18n.language)}</p>
      </div>
    </div>
  );
}

export function hoverWords(hovering: Hovering, t: TFunction, language: string): string {
  if (hovering.kind === "link") return t("hover.link");
  if (hovering.kind === "text") return t("hover.text");
  if (isHopeless(hovering)) return t("hover.none");
  const { count, unreadable } = hovering;
  if (count === 0) return t("hover.files");
  if (unreadable === 0) return t("hover.files", say(count, language));
  return t("hover.some", { ...say(count - unreadable, language), total: say(count, language).formatted });
}

function isHopeless(hovering: Hovering): boolean {
  return hovering.kind === "files" && hovering.count > 0 && hovering.count === hovering.unreadable;
}

function iconOf(hovering: Hovering): LucideIcon {
  if (isHopeless(hovering)) return Ban;
  return { link: Link2, text: TextSelect, files: FileText }[hovering.kind];
}
