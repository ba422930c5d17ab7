import { ArrowLeft, ChevronRight, Keyboard, ListChecks, LockKeyhole, LogOut } from "lucide-react";
import { type ReactNode, useLayoutEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { Browsers } from "@/components/account/Browsers";
import { Linked } from "@/components/account/Linked";
import { PasswordDialog } from "@/components/account/PasswordDialog";
import { People } from "@/components/account/People";
import { Choice, Switch } from "@/components/entry/SettingControls";
import { ExportChoices } from "@/components/lists/ExportChoices";
import { Bookmarklet } from "@/components/settings/Bookmarklet";
import { CaptionsFromSound } from "@/components/settings/CaptionsFromSound";
import { Tokens } from "@/components/settings/Tokens";
import { ToolExample } from "@/components/settings/ToolExample";
import { Button } from "@/components/ui/Button";
import { useMe, useSignOut } from "@/hooks/useSession";
import { useVersion } from "@/hooks/useVersion";
import { browserLanguage, type Language } from "@/lib/i18n";
import "@/lib/i18n/captions";
import "@/lib/i18n/entry";
import "@/lib/i18n/people";
import "@/lib/i18n/tools";
import { useImportDropStore } from "@/stores/importDropStore";
import { type Theme, usePreferencesStore } from "@/stores/preferencesStore";
import { useUiStore } from "@/stores/uiStore";

/** Its own name in itself: whoever does not read the current language finds theirs. */
const LANGUAGE_NAMES: Record<Language, string> = { en: "English", de: "Deutsch" };

export default function SettingsPage() {
  const { t } = useTranslation();
  const { hash } = useLocation();

  useLayoutEffect(() => {
    const place = hash ? document.getElementById(hash.slice(1)) : null;
    if (place) place.scrollIntoView({ behavior: "instant" });
    else window.scrollTo({ top: 0, behavior: "instant" });
  }, [hash]);

  return (
    <div className="px-3 pb-24 sm:px-4 lg:px-6">
      <title>{`${t("settings.title")} · Videothek`}</title>
      <header className="flex h-16 items-center gap-1">
        <Link
          to="/"
          aria-label={t("video.back")}
          title={t("video.back")}
          className="-ml-2 inline-flex size-9 shrink-0 items-center justify-center rounded-lg text-text-2 hover:bg-surface-2 hover:text-text-1 lg:hidden"
        >
          <ArrowLeft size={18} aria-hidden />
        </Link>
        <h1 className="grow text-2xl font-semibold">{t("settings.title")}</h1>
      </header>
      <main id="main" className="grid max-w-2xl grid-cols-[minmax(0,1fr)] gap-9 pt-2">
        <Looks />
        <Watching />
        <Sound />
        <Library />
        <Phone />
        <OtherTools />
        <TakeAlong />
        <Account />
        <OtherPeople />
        <About />
      </main>
    </div>
  );
}

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-4">
      <h2 id={`${id}-title`} className="pb-2.5 text-lg font-semibold">
        {title}
      </h2>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">{children}</div>
    </section>
  );
}

function Looks() {
  const { t } = useTranslation();
  const { theme, setTheme, language, setLanguage } = usePreferencesStore();
  return (
    <>
      <Section id="appearance" title={t("settings.appearance")}>
        <Choice<Theme>
          name="theme"
          label={t("settings.appearance")}
          value={theme}
          onChange={setTheme}
          options={[
            ["system", t("settings.system")],
            ["light", t("settings.light")],
            ["dark", t("settings.dark")],
          ]}
        />
      </Section>
      <Section id="language" title={t("settings.language")}>
        <Choice<Language | "browser">
          name="language"
          label={t("settings.language")}
          value={language ?? "browser"}
          onChange={(value) => setLanguage(value === "browser" ? null : value)}
          options={[
            ["browser", t("settings.browserLanguage", { name: LANGUAGE_NAMES[browserLanguage()] })],
            ["de", LANGUAGE_NAMES.de],
            ["en", LANGUAGE_NAMES.en],
          ]}
        />
      </Section>
    </>
  );
}

function Watching() {
  const { t } = useTranslation();
  const { captionsShown, setCaptions } = usePreferencesStore();
  return (
    <Section id="watching" title={t("settings.watching")}>
      <Switch
        label={t("settings.captions")}
        text={t("settings.captionsText")}
        checked={captionsShown}
        onChange={(shown) => setCaptions({ captionsShown: shown })}
      />
    </Section>
  );
}

function Sound() {
  const { t } = useTranslation();
  return (
    <Section id="sound" title={t("sound.title")}>
      <CaptionsFromSound />
    </Section>
  );
}

const row =
  "-mx-3 flex items-center gap-3 rounded-lg px-3 py-2.5 text-left hover:bg-surface-2 w-[calc(100%+1.5rem)]";

function Library() {
  const { t } = useTranslation();
  const openShortcuts = useUiStore((state) => state.openShortcuts);
  return (
    <Section id="library" title={t("settings.library")}>
      <div>
        <Link to="/imports" className={row}>
          <ListChecks size={18} className="shrink-0 text-text-3" aria-hidden />
          <span className="min-w-0 grow">
            {t("settings.imports")}
            <span className="block text-sm text-text-2">{t("settings.importsText")}</span>
          </span>
          <ChevronRight size={18} className="shrink-0 text-text-3" aria-hidden />
        </Link>
        <button type="button" onClick={openShortcuts} className={row}>
          <Keyboard size={18} className="shrink-0 text-text-3" aria-hidden />
          <span className="grow">{t("settings.keyboard")}</span>
          <ChevronRight size={18} className="shrink-0 text-text-3" aria-hidden />
        </button>
      </div>
    </Section>
  );
}

function Phone() {
  const { t } = useTranslation();
  return (
    <Section id="phone" title={t("settings.phone")}>
      <ul className="grid list-disc gap-1.5 pl-5 text-text-2 marker:text-text-3">
        <li>{t("settings.phoneInstall")}</li>
        <li>{t("settings.phoneShare")}</li>
        <li>{t("settings.phonePaste")}</li>
      </ul>
      {!window.isSecureContext && <p className="text-sm text-warn">{t("settings.phoneSecure")}</p>}
    </Section>
  );
}

function OtherTools() {
  const { t } = useTranslation();
  return (
    <Section id="tools" title={t("tools.title")}>
      <Part title={t("tools.bookmarklet")}>
        <Bookmarklet />
      </Part>
      <Part title={t("tools.tokens")}>
        <Tokens />
      </Part>
      <details className="group">
        <summary className="flex cursor-pointer list-none items-center gap-1.5 rounded-md font-semibold [&::-webkit-details-marker]:hidden">
          {t("tools.example")}
          <ChevronRight size={17} className="text-text-3 group-open:rotate-90" aria-hidden />
        </summary>
        <div className="pt-2">
          <ToolExample />
        </div>
      </details>
    </Section>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="pb-2">
      <h3 className="pb-1 font-semibold">{title}</h3>
      {children}
    </div>
  );
}

function TakeAlong() {
  const { t } = useTranslation();
  return (
    <Section id="export" title={t("export.title")}>
      <p className="text-sm text-text-2">{t("export.text")}</p>
      <ExportChoices list={null} />
    </Section>
  );
}

function Account() {
  const { t } = useTranslation();
  const { data: me, isError } = useMe();
  const signOut = useSignOut();
  const [changing, setChanging] = useState(false);
  return (
    <Section id="account" title={t("settings.account")}>
      <p className="min-h-10 min-w-0 break-words">
        {isError && <span className="text-text-2">{t("settings.accountFailed")}</span>}
        {me && (
          <>
            {t("settings.signedInAs", { name: me.username })}
            <span className="block text-sm text-text-2">
              {me.has_password ? t("settings.password") : t("settings.noPassword")}
            </span>
          </>
        )}
      </p>
      <div className="flex flex-wrap gap-2">
        {me && (
          <Button onClick={() => setChanging(true)}>
            <LockKeyhole size={16} aria-hidden />
            {t(me.has_password ? "account.changePassword" : "account.setPassword")}
          </Button>
        )}
        <Button
          onClick={() => {
            // What was not sent yet is nobody else's business.
            useImportDropStore.setState({ drops: [] });
            void signOut();
          }}
        >
          <LogOut size={16} aria-hidden />
          {t("settings.signOut")}
        </Button>
      </div>
      {me && <Linked hasPassword={me.has_password} />}
      <Part title={t("account.browsers")}>
        <Browsers />
      </Part>
      {changing && me && (
        <PasswordDialog
          username={me.username}
          hasPassword={me.has_password}
          onClose={() => setChanging(false)}
        />
      )}
    </Section>
  );
}

function OtherPeople() {
  const { t } = useTranslation();
  const { data: me } = useMe();
  if (me?.role !== "owner") return null;
  return (
    <Section id="people" title={t("people.title")}>
      <People />
    </Section>
  );
}

function About() {
  const { t } = useTranslation();
  const version = useVersion();
  return (
    <Section id="about" title={t("settings.about")}>
      <p className="text-sm text-text-2">
        {t("settings.aboutText")}
        <span className="tabular block min-h-5 pt-0.5 text-text-3">
          {version !== null && t("settings.version", { version })}
        </span>
      </p>
    </Section>
  );
}
