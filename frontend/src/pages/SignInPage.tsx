import type { TFunction } from "i18next";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Doorway } from "@/components/entry/Doorway";
import { WithoutPassword } from "@/components/entry/WithoutPassword";
import { Button } from "@/components/ui/Button";
import { Field } from "@/components/ui/Field";
import { useCredentials } from "@/hooks/useCredentials";
import { useWays } from "@/hooks/useWays";
import "@/lib/i18n/entry";
import { isSomethingShared } from "@/lib/shared";
import type { RequestErrorCode } from "@/types/errors";

interface Props {
  error: RequestErrorCode | null;
  /** After how long another attempt is heard, if that is known. */
  waitSeconds?: number | null;
  onPassword: (username: string, password: string) => Promise<void>;
}

/** Rounded up: who comes a little later is not refused again. */
function inAbout(seconds: number, t: TFunction): string {
  if (seconds < 60) return t("signIn.inSeconds", { count: Math.ceil(seconds / 5) * 5 });
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100
    ? t("when.in_minutes", { count: minutes })
    : t("when.in_hours", { count: Math.ceil(minutes / 60) });
}

export default function SignInPage({ error, waitSeconds = null, onPassword }: Props) {
  const { t } = useTranslation();
  const {
    ways,
    error: otherError,
    waitSeconds: otherWait,
    busy: leaving,
    byProxy,
    toProvider,
    forgetError,
  } = useWays();
  const { busy, submit } = useCredentials((username, password) => {
    forgetError();
    return onPassword(username, password);
  });
  useEffect(() => {
    document.title = `${t("signIn.title")} · Videothek`;
  }, [t]);
  // Nothing may move under somebody's finger once they know where it is.
  if (!ways) return null;
  const shown = otherError ?? (error === "unauthenticated" ? null : error);
  const wait = otherError ? otherWait : waitSeconds;

  return (
    <Doorway>
      {isSomethingShared() && (
        <p className="mt-6 rounded-lg bg-surface-2 px-3 py-2.5 text-sm">{t("signIn.shared")}</p>
      )}
      <h1 className="pt-8 text-lg font-semibold">{t("signIn.title")}</h1>
      {shown && (
        <p role="alert" className="pt-3 text-sm text-bad">
          {shown === "too_many_sign_ins" && wait !== null
            ? t("signIn.tooMany", { in: inAbout(wait, t) })
            : t(`errors.${shown}`)}
        </p>
      )}
      <form onSubmit={submit} className="mt-5 grid grid-cols-[minmax(0,1fr)] gap-4">
        <Field
          name="username"
          required
          maxLength={100}
          autoCapitalize="none"
          autoComplete="username"
          label={t("signIn.username")}
        />
        <Field
          name="password"
          required
          maxLength={1000}
          label={t("signIn.password")}
          type="password"
          autoComplete="current-password"
        />
        <Button look="main" type="submit" disabled={busy} className="mt-1 h-10">
          {t(busy ? "signIn.checking" : "signIn.submit")}
        </Button>
      </form>
      {(ways.proxy ?? ways.provider) && (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3 pt-3">
          <p className="flex items-center gap-3 text-sm text-text-2 before:h-px before:grow before:bg-surface-3 after:h-px after:grow after:bg-surface-3">
            {t("signIn.or")}
          </p>
          {ways.proxy && (
            <Button disabled={leaving} onClick={byProxy} className="min-h-10 break-all">
              {t("signIn.continueAs", { name: ways.proxy })}
            </Button>
          )}
          {ways.provider && (
            <Button disabled={leaving} onClick={toProvider} className="min-h-10 break-words">
              {t("signIn.continueWith", { name: ways.provider })}
            </Button>
          )}
        </div>
      )}
      <WithoutPassword isHere={ways.link} />
    </Doorway>
  );
}
