import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useOnce } from "@/hooks/useOnce";
import { useInvite } from "@/hooks/usePeople";
import "@/lib/i18n/people";
import { SecretText } from "../settings/SecretText";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";

/** Asks whom it is for, then shows the link. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState<string | null>(null);
  const { mutateAsync, isPending } = useInvite((made) => setCode(made.code));
  const make = useOnce(mutateAsync);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    make(String(new FormData(event.currentTarget).get("note")).trim());
  };
  return (
    <Dialog
      title={t(code ? "people.linkTitle" : "people.invite")}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      {code ? (
        <SecretText
          lead={t("people.linkText")}
          label={t("people.link")}
          secret={`${location.origin}/#invite=${code}`}
          rows={3}
          done={t("people.done")}
          onClose={onClose}
        />
      ) : (
        <form onSubmit={submit} className="grid grid-cols-[minmax(0,1fr)] gap-5">
          <Field
            name="note"
            maxLength={100}
            data-autofocus
            autoComplete="off"
            label={t("people.note")}
            placeholder={t("people.notePlaceholder")}
            hint={t("people.noteHint")}
          />
          <div className="flex flex-wrap justify-end gap-2">
            <Button look="quiet" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button look="main" type="submit" aria-disabled={isPending}>
              {t("people.make")}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
