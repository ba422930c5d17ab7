import { Settings } from "lucide-react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";

/** The gear: one place for everything that is set once. */
export function SettingsLink() {
  const { t } = useTranslation();
  return (
    <NavLink
      to="/settings"
      aria-label={t("app.settings")}
      title={t("app.settings")}
      className="inline-flex size-9 shrink-0 items-center justify-center rounded-lg text-text-2 transition-colors hover:bg-surface-2 hover:text-text-1 aria-[current=page]:bg-surface-2 aria-[current=page]:text-text-1"
    >
      <Settings size={18} aria-hidden />
    </NavLink>
  );
}
