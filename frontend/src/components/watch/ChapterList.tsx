import { useEffect, useRef, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { Player } from "@/hooks/usePlayer";
import { indexAt } from "@/lib/cues";
import { clock } from "@/lib/format";
import type { Chapter } from "@/types/video";

export function ChapterList({ chapters, player }: { chapters: readonly Chapter[]; player: Player }) {
  const { t } = useTranslation();
  const list = useRef<HTMLOListElement>(null);
  const current = useSyncExternalStore(player.time.subscribe, () => indexAt(chapters, player.time.get()));
  // A new chapter comes into view in its own box; nobody's page is moved for it, nor a box that is being used.
  useEffect(() => {
    const box = list.current?.parentElement;
    const line = list.current?.children[current];
    if (!box || !line || box.matches(":hover, :focus-within")) return;
    const [outer, inner] = [box.getBoundingClientRect(), line.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom) box.scrollTop += inner.top - outer.top - 40;
  }, [current]);
  return (
    <ol ref={list} className="grid gap-0.5" data-testid="chapters">
      {chapters.map((chapter, index) => (
        <li key={chapter.start_seconds}>
          <button
            type="button"
            onClick={() => player.seekTo(chapter.start_seconds)}
            aria-current={index === current ? "true" : undefined}
            aria-label={t("video.seekTo", {
              time: clock(chapter.start_seconds),
              text: chapter.title.slice(0, 500),
            })}
            className="flex w-full items-baseline gap-3 rounded-lg px-3 py-2 text-left text-sm text-text-2 hover:bg-surface-2 hover:text-text-1 aria-[current]:bg-surface-2 aria-[current]:font-semibold aria-[current]:text-text-1"
          >
            <span className="tabular min-w-12 shrink-0 text-right text-xs font-normal text-accent">
              {clock(chapter.start_seconds)}
            </span>
            <span dir="auto" className="min-w-0 grow break-words">
              {chapter.title.slice(0, 500)}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
