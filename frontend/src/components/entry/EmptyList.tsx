import { useTranslation } from "react-i18next";
import "@/lib/i18n/entry";
import { useTouch } from "@/hooks/useMediaQuery";
import { Button } from "../ui/Button";

export default function EmptyList({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation();
  const touch = useTouch();
  return (
    <div className="grid min-h-[50vh] place-content-center justify-items-center gap-2 px-2 py-10 text-center">
      <svg viewBox="0 0 132 42" className="mb-3 w-36" aria-hidden="true">
        <g className="fill-surface-2 stroke-surface-3" strokeDasharray="4 4">
          {[1, 47, 93].map((x) => (
            <rect key={x} x={x} y="1" width="38" height="22" rx="4" />
          ))}
        </g>
        <g className="fill-surface-2">
          {[1, 47, 93].map((x) => (
            <rect key={x} x={x} y="29" width="26" height="4" rx="2" />
          ))}
        </g>
      </svg>
      <h2 className="text-lg font-semibold text-balance">{t("empty.listTitle")}</h2>
      <p className="max-w-sm text-sm text-text-2 text-balance">
        {touch ? t("empty.listTouchText") : t("empty.listText")}
      </p>
      <Button onClick={onAdd} className="mt-3">
        {t("empty.action")}
      </Button>
    </div>
  );
}
