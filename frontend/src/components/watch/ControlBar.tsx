import { CaptionsOff, Maximize, Minimize, Captions as On, Pause, Play } from "lucide-react";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { Fullscreen } from "@/hooks/useFullscreen";
import type { Player } from "@/hooks/usePlayer";
import { indexAt } from "@/lib/cues";
import { clock } from "@/lib/format";
import "@/lib/i18n/watch";
import { SPEEDS, speedName } from "@/lib/speeds";
import { type CaptionLook, usePreferencesStore } from "@/stores/preferencesStore";
import type { Chapter } from "@/types/video";
import { IconButton } from "../ui/Button";
import { Menu, MenuChoice } from "../ui/Menu";
import { Timeline } from "./Timeline";

interface Props {
  player: Player;
  chapters: readonly Chapter[];
  durationSeconds: number | null;
  found: readonly number[];
  hasCues: boolean;
  fullscreen: Fullscreen;
}

/** Below the picture: the line of time, and what the player's own controls do not know. */
export function ControlBar({ player, chapters, durationSeconds, found, hasCues, fullscreen }: Props) {
  const { t } = useTranslation();
  const { playing, togglePlay } = player;
  return (
    <div className="px-2 sm:px-0">
      {durationSeconds !== null && durationSeconds > 0 && (
        <Timeline player={player} chapters={chapters} durationSeconds={durationSeconds} found={found} />
      )}
      <div className="-mt-0.5 flex items-center gap-0.5 sm:-ml-2">
        <IconButton
          label={t(playing ? "watch.pause" : "watch.play")}
          aria-keyshortcuts="k"
          onClick={togglePlay}
        >
          {playing ? <Pause size={18} aria-hidden /> : <Play size={18} aria-hidden />}
        </IconButton>
        <Place player={player} chapters={chapters} durationSeconds={durationSeconds} />
        <Speed player={player} />
        {hasCues && <CaptionsMenu />}
        {fullscreen.possible && (
          <IconButton
            label={t(fullscreen.on ? "watch.leaveFullscreen" : "watch.fullscreen")}
            aria-keyshortcuts="f"
            onClick={fullscreen.toggle}
          >
            {fullscreen.on ? <Minimize size={17} aria-hidden /> : <Maximize size={17} aria-hidden />}
          </IconButton>
        )}
      </div>
    </div>
  );
}

function Place({
  player,
  chapters,
  durationSeconds,
}: Pick<Props, "player" | "chapters" | "durationSeconds">) {
  const { time } = player;
  const now = useSyncExternalStore(time.subscribe, () => Math.floor(time.get()));
  const title = chapters[indexAt(chapters, now)]?.title;
  return (
    <p className="flex min-w-0 grow items-baseline gap-2.5 px-1 text-sm text-text-2">
      <span className="tabular shrink-0">
        <span className="text-text-1">{clock(now)}</span>
        {durationSeconds !== null && ` / ${clock(durationSeconds)}`}
      </span>
      {title && <bdi className="truncate text-text-3">{title.slice(0, 200)}</bdi>}
    </p>
  );
}

function Speed({ player }: { player: Player }) {
  const { t, i18n } = useTranslation();
  const setSpeed = usePreferencesStore((state) => state.setSpeed);
  const name = (speed: number) => speedName(speed, i18n.language);
  return (
    <Menu
      side="top"
      trigger={
        <button
          type="button"
          aria-label={t("watch.speedNow", { speed: name(player.rate) })}
          title={t("watch.speed")}
          className="tabular inline-flex h-9 min-w-10 items-center justify-center rounded-lg px-2 text-sm font-semibold text-text-2 transition-colors hover:bg-surface-2 hover:text-text-1"
        >
          {name(player.rate)}
        </button>
      }
    >
      <MenuChoice
        lines
        label={t("watch.speed")}
        value={String(player.rate)}
        options={SPEEDS.map((speed) => ({ value: String(speed), label: name(speed) }))}
        onChange={(value) => setSpeed(Number(value))}
      />
    </Menu>
  );
}

function CaptionsMenu() {
  const { t } = useTranslation();
  const look = usePreferencesStore();
  const { setCaptions, captionsShown } = look;
  const shown = captionsShown ? "on" : "off";
  return (
    <Menu
      side="top"
      trigger={
        <IconButton label={t("video.captions")} aria-keyshortcuts="c">
          {captionsShown ? <On size={18} aria-hidden /> : <CaptionsOff size={18} aria-hidden />}
        </IconButton>
      }
    >
      <MenuChoice
        label={t("video.captions")}
        value={shown}
        options={[
          { value: "on", label: t("watch.captionsOn") },
          { value: "off", label: t("watch.captionsOff") },
        ]}
        onChange={(value) => setCaptions({ captionsShown: value === "on" })}
      />
      <MenuChoice
        label={t("watch.captionsPlace")}
        value={look.captionsPlace}
        options={(["under", "over"] as const).map((value) => ({
          value,
          label: t(`watch.captionsPlace_${value}`),
        }))}
        onChange={(value) => setCaptions({ captionsPlace: value as CaptionLook["captionsPlace"] })}
      />
      <MenuChoice
        label={t("watch.captionsSize")}
        value={look.captionsSize}
        options={(["small", "medium", "large"] as const).map((value) => ({
          value,
          label: t(`watch.captionsSize_${value}`),
        }))}
        onChange={(value) => setCaptions({ captionsSize: value as CaptionLook["captionsSize"] })}
      />
      {look.captionsPlace === "over" && (
        <MenuChoice
          label={t("watch.captionsGround")}
          value={look.captionsGround ? "on" : "off"}
          options={(["on", "off"] as const).map((value) => ({
            value,
            label: t(`watch.captionsGround_${value}`),
          }))}
          onChange={(value) => setCaptions({ captionsGround: value === "on" })}
        />
      )}
    </Menu>
  );
}
