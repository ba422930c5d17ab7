import { KeyRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBeginLinking, useLinked, useProvider, useUnlink } from "@/hooks/useLinked";
import "@/lib/i18n/people";
import { day } from "@/lib/format";
import type { LinkedIdentity } from "@/types/video";
import { Button } from "../ui/Button";
import { ConfirmDialog } from "../ui/ConfirmDialog";

/** Who one is at the provider; nothing where there is none. */
export function Linked({ hasPassword }: { hasPassword: boolean }) {
  const { t } = useTranslation();
  const provider = useProvider();
  const { data: linked, isError, refetch } = useLinked();
  const { mutate: begin, isPending } = useBeginLinking();
  if (!provider && !linked?.length) return null;
  return (
    <div className="pb-2">
      <h3 className="pb-1 font-semibold">{t("account.linked")}</h3>
      <p className="pb-3 text-sm text-text-2">{t("account.linkedText")}</p>
      {isError && (
        <p className="flex flex-wrap items-center gap-3 pb-3">
          {t("account.linkedFailed")}
          <Button onClick={() => void refetch()}>{t("common.tryAgain")}</Button>
        </p>
      )}
      {linked && linked.length > 0 && (
        <ul
          aria-label={t("account.linked")}
          className="mb-3 divide-y divide-surface-3 border-y border-surface-3"
          data-testid="linked"
        >
          {linked.map((identity) => (
            <LinkedRow
              key={identity.id}
              identity={identity}
              provider={provider}
              isOnlyWay={!hasPassword && linked.length === 1}
            />
          ))}
        </ul>
      )}
      {provider && (isError || linked?.every(({ is_offered }) => !is_offered)) && (
        <Button aria-disabled={isPending} onClick={() => !isPending && begin()}>
          {t("account.linkWith", { name: provider })}
        </Button>
      )}
    </div>
  );
}

interface RowProps {
  identity: LinkedIdentity;
  provider: string | null;
  /** There is no password, and nothing else is connected. */
  isOnlyWay: boolean;
}

function LinkedRow({ identity, provider, isOnlyWay }: RowProps) {
  const { t, i18n } = useTranslation();
  const { mutate } = useUnlink();
  const [asked, setAsked] = useState(false);
  const host = (identity.is_offered && provider) || hostOf(identity.issuer);
  const at = day(identity.created_at, i18n.language);
  return (
    <li className="flex items-center gap-3 py-2.5">
      <KeyRound size={17} className="shrink-0 text-text-3" aria-hidden />
      <div className="min-w-0 grow">
        <p className="break-words">{identity.shown_name}</p>
        <p className="text-sm break-words text-text-2">{t("account.linkedSince", { host, at })}</p>
      </div>
      <Button
        look="quiet"
        aria-label={t("account.unlinkName", { name: identity.shown_name })}
        onClick={() => (isOnlyWay ? setAsked(true) : mutate(identity))}
      >
        {t("account.unlink")}
      </Button>
      {asked && (
        <ConfirmDialog
          title={t("account.unlinkTitle", { name: host })}
          confirm={t("account.unlink")}
          onConfirm={() => mutate(identity)}
          onClose={() => setAsked(false)}
        >
          <p className="text-text-2">{t("account.unlinkText")}</p>
        </ConfirmDialog>
      )}
    </li>
  );
}

function hostOf(issuer: string): string {
  return URL.canParse(issuer) ? new URL(issuer).host : issuer;
}
