import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMakeLink } from "@/hooks/usePeople";
import "@/lib/i18n/people";
import type { Person } from "@/types/video";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { SecretLink } from "./SecretLink";

/** For a member who has forgotten their password: asks, then shows the link. */
export function ResetDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState<string | null>(null);
  const { mutate, isPending } = useMakeLink(setCode);
  const name = person.username;
  return (
    <Dialog
      title={t(code ? "people.resetLinkTitle" : "people.resetTitle", { name })}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      {code ? (
        <SecretLink
          text={t("people.resetLinkText")}
          label={t("people.resetLink")}
          link={`${location.origin}/#code=${code}`}
          onClose={onClose}
        />
      ) : (
        <>
          <p className="text-text-2">{t("people.resetText")}</p>
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <Button look="quiet" onClick={onClose} data-autofocus>
              {t("common.cancel")}
            </Button>
            <Button look="main" aria-disabled={isPending} onClick={() => !isPending && mutate(person)}>
              {t("people.resetDo")}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}
