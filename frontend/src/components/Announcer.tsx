import { useCallback, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useImportEvents, useLaneNotice } from "@/hooks/useImportProgress";
import type { ImportEvent } from "@/lib/importEvents";
import { contentName, isListGone } from "@/lib/importSummary";
import { isTerminal } from "@/lib/progress";
import { importProgressStore } from "@/stores/importProgressStore";
import { useUiStore } from "@/stores/uiStore";

const SAID = {
  started: "tile.started",
  paused: "job.said_paused",
  resumed: "job.said_resumed",
  finished: "tile.finished",
  cancelled: "job.said_cancelled",
  undone: "job.said_undone",
} as const satisfies Record<ImportEvent["kind"], string>;

/** For ears: that an import has begun, pauses, goes on and has ended. Never each percent. */
export function Announcer() {
  const { t, i18n } = useTranslation();
  const announcement = useUiStore((state) => state.announcement);
  const announce = useUiStore((state) => state.announce);

  const onEvents = useCallback(
    (events: readonly ImportEvent[]) => {
      // An import that went with its list did not finish.
      const sentences = events
        .filter(({ job }) => !isListGone(job))
        .map(({ kind, job }) => t(SAID[kind], { title: contentName(job, t, i18n.language) }));
      if (sentences.length > 0) announce(sentences.join(". "));
    },
    [t, i18n.language, announce],
  );
  useImportEvents(onEvents);

  // That YouTube makes us pause is said by the line that shows it; that it has ended is a line less.
  const held = useLaneNotice() !== null;
  const wasHeld = useRef(false);
  useEffect(() => {
    if (wasHeld.current && !held) announce(t("job.laneOpen"));
    wasHeld.current = held;
  }, [held, t, announce]);

  useEffect(
    () =>
      importProgressStore.subscribeEvents((events) => {
        const { awaited, ended } = useUiStore.getState();
        for (const event of events) {
          if (!isTerminal(event.stage) || !awaited.has(event.video_id)) continue;
          ended(event.video_id);
          const title = event.title ?? t("tile.thisVideo");
          announce(
            event.error_code && event.stage === "error"
              ? t("tile.failed", { title, reason: t(`errors.${event.error_code}`) })
              : t("tile.finished", { title }),
          );
        }
      }),
    [t, announce],
  );

  return (
    <p aria-live="polite" className="sr-only">
      {announcement}
    </p>
  );
}
