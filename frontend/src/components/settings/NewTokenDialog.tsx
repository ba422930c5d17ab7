import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useOnce } from "@/hooks/useOnce";
import { useCreateToken } from "@/hooks/useTokens";
import "@/lib/i18n/tools";
import { isVisibleName } from "@/lib/visibleName";
import type { NewApiToken, TokenScope } from "@/types/video";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { SecretText } from "./SecretText";

const SCOPES: readonly TokenScope[] = ["add", "read", "full"];

/** Asks what it is for and what it may do, then shows the secret: here, once, and nowhere else. */
export function NewTokenDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [made, setMade] = useState<NewApiToken | null>(null);
  return (
    <Dialog
      title={t(made ? "tools.secretTitle" : "tools.new")}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      {made ? (
        <SecretText
          lead={t("tools.secretText")}
          label={t("tools.secret")}
          secret={made.token}
          rows={2}
          done={t("tools.done")}
          onClose={onClose}
        />
      ) : (
        <Form onMade={setMade} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Form({ onMade, onClose }: { onMade: (made: NewApiToken) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [scope, setScope] = useState<TokenScope>("add");
  const { mutateAsync, isPending } = useCreateToken(onMade);
  const make = useOnce(mutateAsync);
  const isNamed = isVisibleName(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isNamed) make({ name: name.trim(), scope });
  };
  return (
    <form onSubmit={submit} className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <Field
        label={t("tools.name")}
        data-autofocus
        autoComplete="off"
        value={name}
        maxLength={100}
        placeholder={t("tools.namePlaceholder")}
        onChange={(event) => setName(event.target.value)}
      />
      <fieldset className="min-w-0">
        <legend className="pb-1.5 text-sm text-text-2">{t("tools.scope")}</legend>
        <div className="-mx-3 grid">
          {SCOPES.map((each) => (
            <label
              key={each}
              className="flex cursor-pointer items-start gap-3 rounded-lg px-3 py-2 hover:bg-surface-2 has-focus-visible:outline-2 has-focus-visible:outline-accent"
            >
              <input
                type="radio"
                name="scope"
                checked={scope === each}
                onChange={() => setScope(each)}
                className="mt-1 size-4 shrink-0 accent-accent"
              />
              <span>
                {t(`tools.scope_${each}`)}
                <span className="block text-sm text-text-2">{t(`tools.scope_${each}Text`)}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <div className="flex flex-wrap justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          {t("common.cancel")}
        </Button>
        <Button look="main" type="submit" disabled={!isNamed} aria-disabled={isPending}>
          {t("tools.make")}
        </Button>
      </div>
    </form>
  );
}
