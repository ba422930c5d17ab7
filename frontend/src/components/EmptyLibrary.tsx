import { useTranslation } from "react-i18next";
import { Button } from "./ui/Button";

const KEYS = /mac/i.test(globalThis.navigator?.platform ?? "") ? "⌘V" : "Ctrl+V";

/** The first page teaches: one picture, one sentence, one thing to do. */
export function EmptyLibrary({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="grid min-h-[60vh] place-content-center justify-items-center gap-4 px-2 py-10 text-center">
      <Picture />
      <h2 className="max-w-xl text-2xl font-semibold text-balance">{t("library.emptyTitle")}</h2>
      <p className="max-w-lg text-text-2 text-balance">{t("library.emptyText", { keys: KEYS })}</p>
      <Button look="main" onClick={onAdd} className="mt-2 h-10 px-5">
        {t("library.emptyAction")}
      </Button>
    </div>
  );
}

/** A link falls onto a shelf of tiles; the one it becomes has its ring. */
function Picture() {
  return (
    <svg viewBox="0 0 320 190" className="mb-2 w-full max-w-80" aria-hidden="true">
      <g className="fill-surface-2">
        <rect x="8" y="104" width="92" height="54" rx="8" />
        <rect x="220" y="104" width="92" height="54" rx="8" />
      </g>
      <g className="fill-surface-3">
        <rect x="8" y="166" width="70" height="6" rx="3" />
        <rect x="8" y="178" width="44" height="6" rx="3" />
        <rect x="220" y="166" width="62" height="6" rx="3" />
        <rect x="220" y="178" width="50" height="6" rx="3" />
        <rect x="114" y="166" width="74" height="6" rx="3" />
        <rect x="114" y="178" width="40" height="6" rx="3" />
        <path d="M49 121.5c0-1.6 1.7-2.6 3.1-1.7l13.4 8.4c1.3.8 1.3 2.6 0 3.4l-13.4 8.4c-1.4.9-3.1-.1-3.1-1.7z" />
        <path d="M261 121.5c0-1.6 1.7-2.6 3.1-1.7l13.4 8.4c1.3.8 1.3 2.6 0 3.4l-13.4 8.4c-1.4.9-3.1-.1-3.1-1.7z" />
      </g>
      <rect x="114" y="104" width="92" height="54" rx="8" className="fill-surface-3" />
      <circle cx="160" cy="131" r="15" fill="none" strokeWidth="4.5" className="stroke-surface-0" />
      <circle
        cx="160"
        cy="131"
        r="15"
        fill="none"
        strokeWidth="4.5"
        strokeLinecap="round"
        strokeDasharray="94.2"
        strokeDashoffset="38"
        transform="rotate(-90 160 131)"
        className="stroke-accent"
      />
      <path
        d="M160 62v24m-8-8 8 9 8-9"
        fill="none"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        className="stroke-text-3"
      />
      <rect
        x="62"
        y="14"
        width="196"
        height="34"
        rx="17"
        className="fill-surface-1 stroke-surface-3"
        strokeWidth="1.5"
      />
      <path
        d="M88 33.5a5 5 0 0 1 0-7l2.6-2.6a5 5 0 0 1 7 7l-1.2 1.2m-1-4.6a5 5 0 0 1 0 7l-2.6 2.6a5 5 0 0 1-7-7l1.2-1.2"
        fill="none"
        strokeWidth="2"
        strokeLinecap="round"
        className="stroke-accent"
      />
      <g className="fill-text-3">
        <rect x="112" y="28" width="52" height="6" rx="3" opacity=".75" />
        <rect x="170" y="28" width="30" height="6" rx="3" opacity=".5" />
        <rect x="206" y="28" width="26" height="6" rx="3" opacity=".35" />
      </g>
    </svg>
  );
}
