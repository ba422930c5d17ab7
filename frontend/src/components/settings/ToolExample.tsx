import { useTranslation } from "react-i18next";
import "@/lib/i18n/tools";
import { curlFile, curlText } from "@/lib/otherTools";
import { Snippet } from "./Snippet";

/** One command to begin with. What else there is, the server itself describes. */
export function ToolExample() {
  const { t } = useTranslation();
  const { origin } = location;
  const token = t("tools.exampleToken");
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <Snippet
        label={t("tools.exampleText")}
        text={curlText(origin, token)}
        copyLabel={t("tools.exampleCopy")}
      />
      <Snippet
        label={t("tools.exampleFile")}
        text={curlFile(origin, token)}
        copyLabel={t("tools.exampleCopy")}
      />
      <p className="text-sm">
        <a
          href="/api/docs"
          target="_blank"
          rel="noreferrer"
          className="rounded-md font-semibold text-accent hover:underline"
        >
          {t("tools.reference")}
        </a>
      </p>
    </div>
  );
}
