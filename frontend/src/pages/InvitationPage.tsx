import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Doorway } from "@/components/entry/Doorway";
import { Button } from "@/components/ui/Button";
import { Field } from "@/components/ui/Field";
import { useCredentials } from "@/hooks/useCredentials";
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
  const { busy, submit } = useCredentials(onAccept);
  const { host, refused } = useHost(code);
  const shown = error ?? refused;
  // Nothing that is filled in here would lead anywhere.
  const isDead = shown === "invitation_expired" || shown === "invitation_not_found";
  const title = host ? t("invitation.title", { name: host }) : t("invitation.titlePlain");
  useEffect(() => {
    document.title = `${title} · Videothek`;
  }, [title]);

  return (
    <Doorway>
      <h1 className="pt-8 text-lg font-semibold text-balance break-words">{title}</h1>
      {!isDead && <p className="pt-1.5 text-balance text-text-2">{t("invitation.lead")}</p>}
      {shown && (
        <p role="alert" className="mt-5 text-sm text-bad">
          {t(`errors.${shown}`)}
        </p>
      )}
      {isDead ? (
        <Button onClick={onSignIn} className="mt-6 h-10">
          {t("invitation.signIn")}
        </Button>
      ) : (
        <form onSubmit={submit} className="mt-6 grid grid-cols-[minmax(0,1fr)] gap-4">
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
      )}
    </Doorway>
  );
}
