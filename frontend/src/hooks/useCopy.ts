import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import "@/lib/i18n/watch";

/** Copies a text, and says so. */
export function useCopy() {
  const { t } = useTranslation();
  return useCallback(
    (text: string, done: string) => {
      write(text).then(
        () => toast(done),
        () => toast(t("watch.notCopied")),
      );
    },
    [t],
  );
}

async function write(text: string): Promise<void> {
  // Only there on https and localhost; a library at home is often neither.
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "sr-only";
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (!copied) throw new Error("the browser did not copy");
}
