import { CircleSlash, Copy, CopyCheck, Link2Off, ListVideo, Plus } from "lucide-react";
import type { Fate } from "@/lib/previewChoices";

/** Picture and colour of what a line comes to. */
export const FATE_LOOKS = {
  new: { Icon: Plus, colour: "text-accent" },
  playlist: { Icon: ListVideo, colour: "text-accent" },
  duplicate: { Icon: CopyCheck, colour: "text-text-3" },
  repeated: { Icon: Copy, colour: "text-text-3" },
  rejected: { Icon: Link2Off, colour: "text-text-3" },
  left_out: { Icon: CircleSlash, colour: "text-warn" },
} as const satisfies Record<Fate, unknown>;
