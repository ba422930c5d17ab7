import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useTranscriptFile } from "@/hooks/useTranscriptFile";
import "@/lib/i18n/watch";
import type { TranscriptFormat, Video } from "@/types/video";
import { Button } from "../ui/Button";
import { Menu, MenuItem } from "../ui/Menu";

const FORMATS: readonly TranscriptFormat[] = ["txt", "md", "srt", "vtt", "json"];

/** What was said, as a file of any kind. */
export function DownloadMenu({ video }: { video: Video }) {
  const { t } = useTranslation();
  const { mutate } = useTranscriptFile(video);
  return (
    <Menu
      trigger={
        <Button look="quiet" className="px-2.5 sm:px-3.5">
          <Download size={16} aria-hidden />
          {t("video.download")}
        </Button>
      }
    >
      {FORMATS.map((format) => (
        <MenuItem key={format} onSelect={() => mutate(format)}>
          {t(`watch.download_${format}`)}
        </MenuItem>
      ))}
    </Menu>
  );
}
