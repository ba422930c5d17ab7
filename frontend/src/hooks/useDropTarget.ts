import { useEffect, useRef, useState } from "react";
import { canBeDropped, readTransfer } from "@/lib/dropContent";

interface Handlers {
  onText: (text: string) => void;
  onFiles: (files: File[]) => void;
}

/** The whole page takes links: dropped, or pasted outside of a field. True while something hovers over it. */
export function useDropTarget({ onText, onFiles }: Handlers): boolean {
  const [over, setOver] = useState(false);
  const handlers = useRef({ onText, onFiles });
  useEffect(() => {
    handlers.current = { onText, onFiles };
  });

  useEffect(() => {
    // A tile's picture or title dragged by accident is not a drop of something new.
    let ownDrag = false;
    const onDragStart = () => {
      ownDrag = true;
    };
    const onDragEnd = () => {
      ownDrag = false;
      setOver(false);
    };
    const onDragOver = (event: DragEvent) => {
      if (ownDrag || !canBeDropped(event.dataTransfer) || inDialog()) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
      setOver(true);
    };
    const onDragLeave = (event: DragEvent) => {
      // Null: the pointer has left the window. Counting enters and leaves goes wrong sooner or later.
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      setOver(false);
      if (ownDrag || !canBeDropped(event.dataTransfer) || !event.dataTransfer || inDialog()) return;
      event.preventDefault();
      const { text, files } = readTransfer(event.dataTransfer);
      if (files.length > 0) handlers.current.onFiles(files);
      else handlers.current.onText(text);
    };
    const onPaste = (event: ClipboardEvent) => {
      if (!event.clipboardData || isField(event.target) || inDialog()) return;
      const { text, files } = readTransfer(event.clipboardData);
      if (text.trim() === "" && files.length === 0) return;
      event.preventDefault();
      if (files.length > 0) handlers.current.onFiles(files);
      else handlers.current.onText(text);
    };

    document.addEventListener("dragstart", onDragStart);
    document.addEventListener("dragend", onDragEnd);
    document.addEventListener("dragover", onDragOver);
    document.addEventListener("dragleave", onDragLeave);
    document.addEventListener("drop", onDrop);
    document.addEventListener("paste", onPaste);
    return () => {
      document.removeEventListener("dragstart", onDragStart);
      document.removeEventListener("dragend", onDragEnd);
      document.removeEventListener("dragover", onDragOver);
      document.removeEventListener("dragleave", onDragLeave);
      document.removeEventListener("drop", onDrop);
      document.removeEventListener("paste", onPaste);
    };
  }, []);

  return over;
}

export function isField(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest("input, textarea, select, [contenteditable='true']") !== null
  );
}

/** An open dialog has the floor: its own field takes what is pasted or dropped. */
export function inDialog(): boolean {
  return document.querySelector("dialog[open]") !== null;
}
