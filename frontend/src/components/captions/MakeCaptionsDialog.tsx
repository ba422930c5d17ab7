import { useMakeCaptions } from "@/hooks/useTranscription";
import type { VideoRow } from "@/lib/rows";
import { AskForCaptions } from "./AskForCaptions";

interface Props {
  /** Those of the selection that can have captions made. */
  videos: readonly VideoRow[];
  /** How many of the selection can't. */
  passedOver: number;
  onStarted: () => void;
  onClose: () => void;
}

/** Before captions are made for a selection. */
export default function MakeCaptionsDialog({ videos, passedOver, onStarted, onClose }: Props) {
  const { mutate: make } = useMakeCaptions();
  return (
    <AskForCaptions
      count={videos.length}
      extent={{ kind: "all", durationsSeconds: videos.map((video) => video.duration_seconds) }}
      passedOver={passedOver}
      onConfirm={() => {
        onStarted();
        make(videos);
      }}
      onClose={onClose}
    />
  );
}
