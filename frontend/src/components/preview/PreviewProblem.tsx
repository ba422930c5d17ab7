import type { TFunction } from "i18next";
import { CircleAlert } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { say } from "@/lib/addedMessage";
import type { ApiError } from "@/lib/apiError";
import { STORAGE_ERRORS } from "@/types/errors";
import { Button } from "../ui/Button";
import { PreviewGroups } from "./PreviewGroups";

/** The same once more may get another answer. */
const PASSING: ReadonlySet<string> = new Set([
  "offline",
  "unexpected",
  "internal",
  "not_ready",
  "unauthenticated",
  ...STORAGE_ERRORS,
]);

interface Props {
  error: ApiError;
  chosen: ReadonlySet<number> | null;
  onChoose: (groups: ReadonlySet<number> | null) => void;
  onAgain: () => void;
}

/** Why there is no preview, and what can be done. */
export function PreviewProblem({ error, chosen, onChoose, onAgain }: Props) {
  const { t, i18n } = useTranslation();
  const passing = PASSING.has(error.code);
  if (error.code === "too_many_items" && error.groups.length > 1) {
    return <TooMany error={error} chosen={chosen} onChoose={onChoose} />;
  }
  const title =
    error.code === "too_many_items" ? tooManyWords(error, t, i18n.language) : t(`errors.${error.code}`);
  return (
    <div className="min-h-0 grow overflow-y-auto px-4 sm:px-6">
      <Notice title={title} role="alert">
        {error.code !== "too_many_items" && <p>{t(passing ? "preview.problemKept" : "preview.canBeRead")}</p>}
        {passing && (
          <Button onClick={onAgain} className="mt-3">
            {t("common.tryAgain")}
          </Button>
        )}
      </Notice>
    </div>
  );
}

/** A choice of its parts: asked for when somebody has made it, not with each of them. */
function TooMany({ error, chosen, onChoose }: Omit<Props, "onAgain">) {
  const { t, i18n } = useTranslation();
  const [groups, setGroups] = useState<ReadonlySet<number> | null>(chosen ?? new Set());
  const lines = error.groups.reduce(
    (sum, group, index) => (groups === null || groups.has(index) ? sum + group.item_count : sum),
    0,
  );
  return (
    <div className="min-h-0 grow overflow-y-auto px-4 sm:px-6">
      <Notice title={tooManyWords(error, t, i18n.language)} role="alert">
        <p>{t("preview.tooManyText")}</p>
      </Notice>
      <div className="-mx-2 py-4">
        <PreviewGroups groups={error.groups} format="" chosen={groups} filled={null} onChoose={setGroups} />
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 pb-4">
        <Button look="main" disabled={lines === 0} onClick={() => onChoose(groups)}>
          {t("preview.lookAgain")}
        </Button>
        <p role="status" className="tabular text-sm text-text-2">
          {t("preview.chosenLines", say(lines, i18n.language))}
        </p>
      </div>
    </div>
  );
}

const tooManyWords = ({ limit }: ApiError, t: TFunction, language: string) =>
  limit === null ? t("errors.too_many_items") : t("preview.tooManyLines", say(limit, language));

interface NoticeProps {
  title: string;
  role?: "alert";
  children: ReactNode;
}

/** A calm box: what is so, and what helps. */
export function Notice({ title, role, children }: NoticeProps) {
  return (
    <div role={role} className="flex shrink-0 gap-3 rounded-xl bg-surface-2 px-4 py-3 text-sm">
      <CircleAlert size={18} aria-hidden className="mt-px shrink-0 text-text-3" />
      <div className="min-w-0">
        <p className="font-semibold">{title}</p>
        <div className="text-text-2">{children}</div>
      </div>
    </div>
  );
}
