import { useTranslation } from "react-i18next";
import type { Player } from "@/hooks/usePlayer";

/** YouTube's player in its frame. It refuses to play (error 153) without the referrer's origin. */
export function PlayerFrame({ player, src, title }: { player: Player; src: string; title: string }) {
  const { t } = useTranslation();
  return (
    <iframe
      ref={player.ref}
      src={src}
      onLoad={player.onLoad}
      title={t("video.player", { title })}
      allow="autoplay; encrypted-media; fullscreen; picture-in-picture; clipboard-write"
      allowFullScreen
      referrerPolicy="strict-origin-when-cross-origin"
      className="size-full border-0"
    />
  );
}
