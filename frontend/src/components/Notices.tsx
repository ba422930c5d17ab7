import { type FocusEvent, type KeyboardEvent, useRef, useState } from "react";
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
  const folded = useFoldedHeight(dockHeight);
  const aboveFolded = `calc(${Math.max(12, folded)}px + env(safe-area-inset-bottom))`;
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
        mobileOffset={{ bottom: aboveFolded, left: 12, right: 12 }}
        duration={6000}
      />
    </div>
  );
}

/** A dock that is higher than this, in rem, has been opened by somebody. */
const FOLDED_REM = 10;

/**
 * On a phone an open dock fills half of the page. What is said just now stays where it is for its few seconds:
 * above the dock as it was before.
 */
function useFoldedHeight(dockHeight: number): number {
  const [folded, setFolded] = useState(0);
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  if (dockHeight > FOLDED_REM * rem || dockHeight === folded) return folded;
  setFolded(dockHeight);
  return dockHeight;
}
