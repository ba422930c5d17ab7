import { Captions } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useImportProgress } from "@/hooks/useImportProgress";
import { useMakeCaptions, useTranscription } from "@/hooks/useTranscription";
import { amountOf, estimateOf } from "@/lib/amounts";
import { canHaveCaptionsMade } from "@/lib/makingCaptions";
import type { VideoRow } from "@/lib/rows";
import { MenuItem } from "../ui/Menu";

/** In the menu of a video without captions: have some made, with what that takes. Nothing where none are made. */
export default function MakeCaptionsItem({ video }: { video: VideoRow }) {
  const { t, i18n } = useTranslation();
  const progress = useImportProgress(video);
  const { data: status } = useTranscription();
  const { mutate: make } = useMakeCaptions();
  if (!canHaveCaptionsMade(progress) || status?.provider === "off") return null;
  const estimate = status ? estimateOf([progress.duration_seconds], status) : null;
  const again = progress.captions_code === "captions_failed";
  return (
    <MenuItem icon={<Captions size={16} />} onSelect={() => make([video])}>
      <span>
        {t(again ? "tile.makeCaptionsAgain" : "tile.makeCaptions")}
        {estimate && (
          <span className="tabular block text-xs text-text-3">
            {amountOf(estimate, t, i18n.language, { ofSound: false })}
          </span>
        )}
      </span>
    </MenuItem>
  );
}
