import { useTranslation } from "react-i18next";
import { Doorway } from "@/components/entry/Doorway";
import { Button } from "@/components/ui/Button";
import { Field } from "@/components/ui/Field";
import { useCredentials } from "@/hooks/useCredentials";
import "@/lib/i18n/entry";
import { isSomethingShared } from "@/lib/shared";
import type { RequestErrorCode } from "@/types/errors";

interface Props {
  error: RequestErrorCode | null;
  onPassword: (username: string, password: string) => Promise<void>;
}

export default function SignInPage({ error, onPassword }: Props) {
  const { t } = useTranslation();
  const { busy, submit } = useCredentials(onPassword);

  return (
    <Doorway>
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
      <form onSubmit={submit} className="mt-7 grid gap-3 border-t border-surface-3 pt-6">
        <h2 className="text-sm font-semibold">{t("signIn.withPassword")}</h2>
        <Field name="username" required label={t("signIn.username")} autoComplete="username" />
        <Field
          name="password"
          required
          label={t("signIn.password")}
          type="password"
          autoComplete="current-password"
        />
        <Button look="main" type="submit" disabled={busy} className="mt-1 h-10">
          {t(busy ? "signIn.checking" : "signIn.submit")}
        </Button>
      </form>
    </Doorway>
  );
}
