import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOnce } from "@/hooks/useOnce";
import { useMakeLink } from "@/hooks/usePeople";
import "@/lib/i18n/people";
import type { Person } from "@/types/video";
import { SecretText } from "../settings/SecretText";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";

/** For a member who has forgotten their password: asks, then shows the link. */
export function ResetDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState<string | null>(null);
  const { mutateAsync, isPending } = useMakeLink(setCode);
  const make = useOnce(mutateAsync);
  const name = person.username;
  return (
    <Dialog
      title={t(code ? "people.resetLinkTitle" : "people.resetTitle", { name })}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      {code ? (
        <SecretText
          lead={t("people.resetLinkText")}
          label={t("people.resetLink")}
          secret={`${location.origin}/#code=${code}`}
          rows={3}
          done={t("people.done")}
          onClose={onClose}
        />
      ) : (
        <>
          <p className="text-text-2">{t("people.resetText")}</p>
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <Button look="quiet" onClick={onClose} data-autofocus>
              {t("common.cancel")}
            </Button>
            <Button look="main" aria-disabled={isPending} onClick={() => make(person)}>
              {t("people.resetDo")}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}
