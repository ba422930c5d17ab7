import { useTranslation } from "react-i18next";
import { Toaster } from "sonner";
import { useMediaQuery } from "@/hooks/useMediaQuery";
import { usePreferencesStore } from "@/stores/preferencesStore";

interface Props {
  /** How much of the page's foot is taken. */
  dockHeight: number;
  besideSidebar: boolean;
}

/**
 * Short answers, where they cover nothing one may want to press: at the left, beside the lists, or, where
 * there is no room beside the imports' dock at the right, above it.
 */
export function Notices({ dockHeight, besideSidebar }: Props) {
  const { t } = useTranslation();
  const theme = usePreferencesStore((state) => state.theme);
  const wide = useMediaQuery("(min-width: 64rem)");
  const above = `calc(${Math.max(12, dockHeight)}px + env(safe-area-inset-bottom))`;
  return (
    <Toaster
      theme={theme}
      position="bottom-left"
      containerAriaLabel={t("app.notices")}
      offset={
        wide ? { bottom: 20, left: besideSidebar ? "calc(15rem + 20px)" : 20 } : { bottom: above, left: 16 }
      }
      mobileOffset={{ bottom: above, left: 12, right: 12 }}
      duration={6000}
    />
  );
}
