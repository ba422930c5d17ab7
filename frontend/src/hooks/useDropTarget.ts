import { useEffect, useRef, useState } from "react";
import {
  canBeDropped,
  describeHovering,
  type Hovering,
  readTransfer,
  type Transferred,
} from "@/lib/dropContent";

/** Browsers tell several times a second that something hovers. Silence means: it has gone, however it went. */
const GONE_AFTER_MS = 1500;

/**
 * The whole page takes links: dropped, or pasted outside of a field. What hovers over it, or null.
 * An open dialog has the floor: it may take the drop itself (then it has prevented the default), otherwise
 * nothing happens; above all the browser does not leave the page for a dropped file.
 */
export function useDropTarget(onContent: (content: Transferred) => void): Hovering | null {
  const [hovering, setHovering] = useState<Hovering | null>(null);
  const handler = useRef(onContent);
  useEffect(() => {
    handler.current = onContent;
  });

  useEffect(() => {
    const stop = new AbortController();
    const isOwnDrag = watchOwnDrags(stop.signal);
    let gone: ReturnType<typeof setTimeout> | undefined;
    const end = () => {
      clearTimeout(gone);
      setHovering(null);
    };

    /** The event's data if it is ours to take. */
    const offered = (event: DragEvent): DataTransfer | null => {
      const { dataTransfer } = event;
      if (event.defaultPrevented || isOwnDrag() || !dataTransfer || !canBeDropped(dataTransfer)) return null;
      if (!inDialog()) return dataTransfer;
      if (!isField(event.target) || dataTransfer.types.includes("Files")) {
        event.preventDefault();
        dataTransfer.dropEffect = "none";
      }
      return null;
    };
    const onDragOver = (event: DragEvent) => {
      const transfer = offered(event);
      if (!transfer) return;
      event.preventDefault();
      transfer.dropEffect = "copy";
      const next = describeHovering(transfer);
      setHovering((now) => (JSON.stringify(now) === JSON.stringify(next) ? now : next));
      clearTimeout(gone);
      gone = setTimeout(end, GONE_AFTER_MS);
    };
    const onDrop = (event: DragEvent) => {
      end();
      const transfer = offered(event);
      if (!transfer) return;
      event.preventDefault();
      handler.current(readTransfer(transfer));
    };
    const onPaste = (event: ClipboardEvent) => {
      if (event.defaultPrevented || !event.clipboardData || isField(event.target) || inDialog()) return;
      const content = readTransfer(event.clipboardData);
      if (content.text.trim() === "" && content.files.length === 0) return;
      event.preventDefault();
      handler.current(content);
    };

    const options = { signal: stop.signal };
    document.addEventListener("dragover", onDragOver, options);
    document.addEventListener("drop", onDrop, options);
    document.addEventListener("dragend", end, options);
    document.addEventListener("paste", onPaste, options);
    document.addEventListener(
      "dragleave",
      // Null: the pointer has left the window. Counting enters and leaves goes wrong sooner or later.
      (event) => event.relatedTarget === null && end(),
      options,
    );
    document.addEventListener("keydown", (event) => event.key === "Escape" && end(), options);
    return () => {
      stop.abort();
      clearTimeout(gone);
    };
  }, []);

  return hovering;
}

/** A tile's picture or title dragged by accident is not a drop of something new. */
function watchOwnDrags(signal: AbortSignal): () => boolean {
  let own = false;
  const over = () => {
    own = false;
  };
  document.addEventListener(
    "dragstart",
    () => {
      own = true;
    },
    { signal },
  );
  document.addEventListener("dragend", over, { signal });
  // A dragged tile that is taken out of the page meanwhile ends without a word; a pointer moves only
  // where nothing is being dragged.
  document.addEventListener("pointermove", over, { signal, passive: true });
  document.addEventListener("pointerdown", over, { signal, passive: true });
  return () => own;
}

const NO_TEXT = ["checkbox", "radio", "button", "submit", "reset", "file", "range", "color", "image"];

/** Something that takes typed and pasted text itself. */
export function isField(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  const field = target.closest("input, textarea, select, [contenteditable]:not([contenteditable='false'])");
  return field !== null && !(field instanceof HTMLInputElement && NO_TEXT.includes(field.type));
}

/** An open dialog has the floor: its own field takes what is pasted or dropped. */
export function inDialog(): boolean {
  return document.querySelector("dialog[open]") !== null;
}
