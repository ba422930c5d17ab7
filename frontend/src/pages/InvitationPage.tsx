import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Field } from "@/components/account/Field";
import { Brand } from "@/components/ui/Brand";
import { Button } from "@/components/ui/Button";
import { useHost } from "@/hooks/useHost";
import "@/lib/i18n/people";
import type { RequestErrorCode } from "@/types/errors";

interface Props {
  code: string;
  error: RequestErrorCode | null;
  onAccept: (username: string, password: string) => Promise<void>;
  onSignIn: () => void;
}

/** Somebody opened an invitation: they choose a name and a password. */
export default function InvitationPage({ code, error, onAccept, onSignIn }: Props) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const { host, refused } = useHost(code);
  const shown = error ?? refused;
  const title = host ? t("invitation.title", { name: host }) : t("invitation.titlePlain");
  useEffect(() => {
    document.title = `${title} · Videothek`;
  }, [title]);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget);
    setBusy(true);
    await onAccept(String(form.get("username")), String(form.get("password")));
    setBusy(false);
  };

  return (
    <main className="grid min-h-dvh place-content-center p-5">
      <div className="w-[min(26rem,calc(100vw-2.5rem))]">
        <div className="flex items-center gap-3">
          <Brand size={36} />
          <span className="text-2xl font-semibold">{t("app.name")}</span>
        </div>
        <h1 className="pt-8 text-lg font-semibold break-words">{title}</h1>
        <p className="pt-1.5 text-text-2">{t("invitation.lead")}</p>
        {shown && (
          <p role="alert" className="mt-5 text-sm text-bad">
            {t(`errors.${shown}`)}
          </p>
        )}
        <form onSubmit={(event) => void submit(event)} className="mt-6 grid grid-cols-[minmax(0,1fr)] gap-4">
          <Field
            name="username"
            required
            maxLength={60}
            autoComplete="username"
            label={t("invitation.username")}
          />
          <Field
            name="password"
            type="password"
            required
            minLength={10}
            maxLength={1000}
            autoComplete="new-password"
            label={t("invitation.password")}
            hint={t("account.hint")}
          />
          <Button look="main" type="submit" aria-disabled={busy} className="h-10">
            {t(busy ? "invitation.busy" : "invitation.submit")}
          </Button>
          <Button look="quiet" onClick={onSignIn}>
            {t("invitation.signIn")}
          </Button>
        </form>
      </div>
    </main>
  );
}
