import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Brand } from "@/components/ui/Brand";
import { Button } from "@/components/ui/Button";
import "@/lib/i18n/entry";
import { isSomethingShared } from "@/lib/shared";
import type { RequestErrorCode } from "@/types/errors";

interface Props {
  error: RequestErrorCode | null;
  onPassword: (username: string, password: string) => Promise<void>;
}

export default function SignInPage({ error, onPassword }: Props) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    await onPassword(String(form.get("username")), String(form.get("password")));
    setBusy(false);
  };

  return (
    <main className="grid min-h-dvh place-content-center p-5">
      <div className="w-[min(26rem,calc(100vw-2.5rem))]">
        <div className="flex items-center gap-3">
          <Brand size={36} />
          <span className="text-2xl font-semibold">{t("app.name")}</span>
        </div>
        {isSomethingShared() && (
          <p className="mt-6 rounded-lg bg-surface-2 px-3 py-2.5 text-sm">{t("signIn.shared")}</p>
        )}
        <h1 className="pt-8 text-lg font-semibold">{t("signIn.title")}</h1>
        <p className="pt-1.5 text-text-2">{t("signIn.lead")}</p>
        <p className="pt-4 text-sm text-text-2">{t("signIn.lost")}</p>
        <pre className="mt-1.5 rounded-lg break-words whitespace-pre-wrap bg-surface-2 px-3 py-2 text-sm">
          <code>backend/.venv/bin/videothek users link</code>
        </pre>
        {error && error !== "unauthenticated" && (
          <p role="alert" className="mt-5 text-sm text-bad">
            {t(`errors.${error}`)}
          </p>
        )}
        <form
          onSubmit={(event) => void submit(event)}
          className="mt-7 grid gap-3 border-t border-surface-3 pt-6"
        >
          <h2 className="text-sm font-semibold">{t("signIn.withPassword")}</h2>
          <Field name="username" label={t("signIn.username")} autoComplete="username" />
          <Field
            name="password"
            label={t("signIn.password")}
            type="password"
            autoComplete="current-password"
          />
          <Button look="main" type="submit" disabled={busy} className="mt-1 h-10">
            {t(busy ? "signIn.checking" : "signIn.submit")}
          </Button>
        </form>
      </div>
    </main>
  );
}

function Field({ label, ...rest }: { label: string } & React.ComponentProps<"input">) {
  return (
    <label className="grid gap-1 text-sm text-text-2">
      {label}
      <input
        required
        className="h-10 rounded-lg border border-surface-3 bg-surface-1 px-3 text-base text-text-1"
        {...rest}
      />
    </label>
  );
}
