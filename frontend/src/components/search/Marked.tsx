import { useMemo } from "react";
import { excerpt } from "@/lib/excerpt";
import type { TextPart } from "@/types/search";

/** Somebody else's text with what was searched for marked in it: text and nothing else, however long it is. */
export function Marked({ parts, longest }: { parts: readonly TextPart[]; longest?: number }) {
  const shown = useMemo(() => excerpt(parts, longest), [parts, longest]);
  return shown.map((part, index) =>
    part.marked ? (
      <mark
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a fixed text
        key={index}
        className="rounded-xs bg-(--ring) font-semibold text-text-1"
      >
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );
}
