import { type FocusEvent, type KeyboardEvent, useRef } from "react";
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
  const tabbed = useRef(false);

  // Sonner takes the focus that leaves it back to where it came from. Of a Tab that would make a circle, as
  // the notices are the last thing of the page: it goes on to where it was going.
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (!tabbed.current || currentTarget.contains(relatedTarget)) return;
    tabbed.current = false;
    setTimeout(() => {
      if (relatedTarget instanceof HTMLElement) relatedTarget.focus();
      else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what goes on inside
    <div
      onBlur={onBlur}
      onKeyDown={({ key }: KeyboardEvent) => {
        tabbed.current = key === "Tab";
      }}
    >
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
    </div>
  );
}
