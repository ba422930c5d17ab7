import { Component, lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Brand } from "@/components/ui/Brand";
import { Button } from "@/components/ui/Button";
import { usePreferences } from "@/hooks/usePreferences";
import { useSession } from "@/hooks/useSession";
import { i18n } from "@/lib/i18n";
import { keepShared } from "@/lib/shared";
import { STORAGE_ERRORS } from "@/types/errors";
import { Shell } from "./Shell";

const SignInPage = lazy(() => import("./SignInPage"));
const InvitationPage = lazy(() => import("./InvitationPage"));

/** Nobody's fault, and nothing that signing in would help. */
const AWAY: ReadonlySet<string> = new Set(["offline", "not_ready", "unexpected", ...STORAGE_ERRORS]);

export function App() {
  usePreferences();
  // Before anything else: the sign-in may lead to another address.
  useState(() => keepShared());
  return (
    <CrashGuard>
      <Entrance />
    </CrashGuard>
  );
}

function Entrance() {
  const { t } = useTranslation();
  const {
    status,
    error,
    waitSeconds,
    withPassword,
    invitation,
    withInvitation,
    putInvitationAside,
    tryAgain,
  } = useSession();
  // Whoever has an account here needs no other one.
  if (status === "signedIn") return <Shell />;
  if (status === "signedOut" && invitation) {
    return (
      <Suspense fallback={null}>
        <InvitationPage
          code={invitation}
          error={error === "unauthenticated" ? null : error}
          onAccept={withInvitation}
          onSignIn={putInvitationAside}
        />
      </Suspense>
    );
  }
  if (status === "signedOut" || (error && !AWAY.has(error))) {
    return (
      <Suspense fallback={null}>
        <SignInPage error={error} waitSeconds={waitSeconds} onPassword={withPassword} />
      </Suspense>
    );
  }
  return (
    <main className="grid min-h-dvh place-content-center justify-items-center gap-5 p-6 text-center">
      <div className={error ? "" : "appear-soon"}>
        <Brand size={48} />
      </div>
      {error && (
        <>
          <p role="alert">{t(`errors.${error}`)}</p>
          <Button onClick={tryAgain}>{t("common.tryAgain")}</Button>
        </>
      )}
    </main>
  );
}

/** The last line: a page that can be loaded again instead of an empty one. */
class CrashGuard extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    if (!this.state.crashed) return this.props.children;
    return (
      <main className="grid min-h-dvh place-content-center justify-items-center gap-3 p-6 text-center">
        <div className="pb-2">
          <Brand size={40} />
        </div>
        <h1 className="text-lg font-semibold text-balance">{i18n.t("crash.title")}</h1>
        <p role="alert" className="text-text-2 text-balance">
          {i18n.t("crash.text")}
        </p>
        <div className="flex flex-wrap justify-center gap-2 pt-2">
          <Button look="main" onClick={() => location.reload()}>
            {i18n.t("crash.reload")}
          </Button>
          <Button onClick={() => location.assign("/")}>{i18n.t("crash.home")}</Button>
        </div>
      </main>
    );
  }
}
