import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { Player } from "@/hooks/usePlayer";
import { indexAt } from "@/lib/cues";
import { clock } from "@/lib/format";
import type { Chapter } from "@/types/video";

export function ChapterList({ chapters, player }: { chapters: readonly Chapter[]; player: Player }) {
  const { t } = useTranslation();
  const current = useSyncExternalStore(player.time.subscribe, () => indexAt(chapters, player.time.get()));
  return (
    <ol className="grid gap-0.5" data-testid="chapters">
      {chapters.map((chapter, index) => (
        <li key={chapter.start_seconds}>
          <button
            type="button"
            onClick={() => player.seekTo(chapter.start_seconds)}
            aria-current={index === current ? "true" : undefined}
            aria-label={t("video.seekTo", { time: clock(chapter.start_seconds), text: chapter.title })}
            className="flex w-full items-baseline gap-3 rounded-lg px-3 py-2 text-left text-sm text-text-2 hover:bg-surface-2 hover:text-text-1 aria-[current]:bg-surface-2 aria-[current]:font-semibold aria-[current]:text-text-1"
          >
            <span className="tabular w-12 shrink-0 text-right text-xs font-normal text-accent">
              {clock(chapter.start_seconds)}
            </span>
            <span className="min-w-0 break-words">{chapter.title}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
