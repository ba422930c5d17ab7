import { ClipboardPaste } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useEntry } from "@/hooks/useEntry";
import { useUiStore } from "@/stores/uiStore";
import { IconButton } from "./ui/Button";

/** For fingers, which have no Ctrl+V. Where the browser refuses, the dialog's field takes the paste. */
export function PasteButton() {
  const { t } = useTranslation();
  const { addText } = useEntry();
  const openAdd = useUiStore((state) => state.openAdd);
  const paste = async () => {
    // Only there on https and localhost.
    const text = (await navigator.clipboard?.readText?.().catch(() => "")) ?? "";
    if (text.trim() === "") openAdd();
    else addText(text);
  };
  return (
    <span className="hidden max-sm:contents pointer-coarse:contents">
      <IconButton label={t("library.paste")} onClick={() => void paste()}>
        <ClipboardPaste size={18} aria-hidden />
      </IconButton>
    </span>
  );
}
