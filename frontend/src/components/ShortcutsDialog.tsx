import { useTranslation } from "react-i18next";
import { Dialog } from "./ui/Dialog";

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const keys: [string, string][] = [
    ["n", t("shortcuts.add")],
    ["Ctrl V", t("shortcuts.paste")],
    [t("shortcuts.arrows"), t("shortcuts.move")],
    [t("shortcuts.enter"), t("shortcuts.open")],
    ["c", t("shortcuts.captions")],
    ["?", t("shortcuts.help")],
  ];
  return (
    <Dialog title={t("shortcuts.title")} closeLabel={t("common.close")} onClose={onClose}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-5 gap-y-2.5">
        {keys.map(([key, meaning]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="inline-block min-w-7 rounded-md border border-surface-3 bg-surface-2 px-2 py-0.5 text-center font-sans text-sm">
                {key}
              </kbd>
            </dt>
            <dd className="text-sm text-text-2">{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
