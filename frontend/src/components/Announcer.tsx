import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useImportJobs } from "@/hooks/useImportProgress";
import { say } from "@/lib/addedMessage";
import { isTerminal } from "@/lib/progress";
import { importProgressStore } from "@/stores/importProgressStore";
import { useUiStore } from "@/stores/uiStore";

/** For ears: that an import has begun and that it has ended. Never each percent. */
export function Announcer() {
  const { t, i18n } = useTranslation();
  const jobs = useImportJobs();
  const announcement = useUiStore((state) => state.announcement);
  const announce = useUiStore((state) => state.announce);
  const running = useRef(new Set<string>());

  useEffect(() => {
    for (const job of jobs) {
      const name = t("job.name", say(job.summary.total, i18n.language));
      if (job.state === "running" && !running.current.has(job.id)) {
        running.current.add(job.id);
        announce(t("tile.started", { title: name }));
      } else if (job.state === "finished" && running.current.delete(job.id)) {
        announce(t("tile.finished", { title: name }));
      }
    }
  }, [jobs, t, i18n.language, announce]);

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
