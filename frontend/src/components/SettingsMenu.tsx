import { Keyboard, LogOut, Settings } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSignOut } from "@/hooks/useSession";
import { browserLanguage, type Language } from "@/lib/i18n";
import { type Theme, usePreferencesStore } from "@/stores/preferencesStore";
import { useUiStore } from "@/stores/uiStore";
import { IconButton } from "./ui/Button";
import { Menu, MenuChoice, MenuItem, MenuLine } from "./ui/Menu";

export function SettingsMenu({ side = "bottom" }: { side?: "top" | "bottom" }) {
  const { t } = useTranslation();
  const { theme, setTheme, setLanguage } = usePreferencesStore();
  const language = usePreferencesStore((state) => state.language) ?? browserLanguage();
  const openShortcuts = useUiStore((state) => state.openShortcuts);
  const signOut = useSignOut();
  return (
    <Menu
      side={side}
      trigger={
        <IconButton label={t("menu.account")}>
          <Settings size={18} aria-hidden />
        </IconButton>
      }
    >
      <MenuChoice
        label={t("menu.theme")}
        value={theme}
        onChange={(value) => setTheme(value as Theme)}
        options={[
          { value: "system", label: t("menu.system") },
          { value: "light", label: t("menu.light") },
          { value: "dark", label: t("menu.dark") },
        ]}
      />
      <MenuChoice
        label={t("menu.language")}
        value={language}
        onChange={(value) => setLanguage(value as Language)}
        options={[
          { value: "en", label: "English" },
          { value: "de", label: "Deutsch" },
        ]}
      />
      <MenuLine />
      <MenuItem icon={<Keyboard size={16} />} onSelect={openShortcuts}>
        {t("menu.shortcuts")}
      </MenuItem>
      <MenuItem icon={<LogOut size={16} />} onSelect={() => void signOut()}>
        {t("menu.signOut")}
      </MenuItem>
    </Menu>
  );
}
