import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import { toApiError } from "@/lib/apiError";
import "@/lib/i18n/people";

/** Says that something about people or their accounts did not work, and why. */
export function useFailed(): (cause: unknown) => void {
  const { t } = useTranslation();
  return (cause) => void toast(t("people.failed", { reason: t(`errors.${toApiError(cause).code}`) }));
}
