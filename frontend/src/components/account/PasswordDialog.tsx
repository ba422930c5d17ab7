import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useChangePassword } from "@/hooks/useAccount";
import { useOnce } from "@/hooks/useOnce";
import "@/lib/i18n/people";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";

interface Props {
  username: string;
  hasPassword: boolean;
  onClose: () => void;
}

export function PasswordDialog({ username, hasPassword, onClose }: Props) {
  const { t } = useTranslation();
  const [refused, setRefused] = useState<string | null>(null);
  const { mutateAsync, isPending } = useChangePassword(onClose, (error) =>
    setRefused(error.code === "wrong_credentials" ? t("account.wrongCurrent") : t(`errors.${error.code}`)),
  );
  const change = useOnce(mutateAsync);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = String(form.get("new"));
    if (password !== String(form.get("again"))) {
      setRefused(t("account.different"));
      return;
    }
    setRefused(null);
    change({ current: hasPassword ? String(form.get("current")) : null, password });
  };
  return (
    <Dialog
      title={t(hasPassword ? "account.changePassword" : "account.setPassword")}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <form onSubmit={submit} className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {/* For the browser's password manager, which wants to know whose it is. */}
        <input type="text" autoComplete="username" value={username} readOnly hidden />
        {hasPassword && (
          <Field
            name="current"
            type="password"
            required
            maxLength={1000}
            data-autofocus
            autoComplete="current-password"
            label={t("account.current")}
          />
        )}
        <Field
          name="new"
          type="password"
          required
          minLength={10}
          maxLength={1000}
          data-autofocus={hasPassword ? undefined : true}
          autoComplete="new-password"
          label={t("account.new")}
          hint={t("account.hint")}
        />
        <Field
          name="again"
          type="password"
          required
          maxLength={1000}
          autoComplete="new-password"
          label={t("account.again")}
        />
        {refused && (
          <p role="alert" className="text-sm text-bad">
            {refused}
          </p>
        )}
        <div className="flex flex-wrap justify-end gap-2 pt-1">
          <Button look="quiet" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button look="main" type="submit" aria-disabled={isPending}>
            {t(isPending ? "account.saving" : "account.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
