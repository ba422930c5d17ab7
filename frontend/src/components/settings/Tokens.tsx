import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNow } from "@/hooks/useNow";
import { useRevokeToken, useTokens } from "@/hooks/useTokens";
import { day } from "@/lib/format";
import "@/lib/i18n/tools";
import { agoOf } from "@/lib/when";
import type { ApiToken } from "@/types/video";
import { Button } from "../ui/Button";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { NewTokenDialog } from "./NewTokenDialog";

const MINUTE_MS = 60_000;

/** Who else may use the library, and what for. */
export function Tokens() {
  const { t } = useTranslation();
  const { data: tokens, isError, refetch } = useTokens();
  const [making, setMaking] = useState(false);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] justify-items-start gap-3">
      <p className="text-sm text-text-2">{t("tools.tokensText")}</p>
      {!tokens && isError && (
        <p className="flex flex-wrap items-center gap-3">
          {t("tools.tokensFailed")}
          <Button onClick={() => void refetch()}>{t("common.tryAgain")}</Button>
        </p>
      )}
      {tokens && tokens.length > 0 && <TokenList tokens={tokens} />}
      <Button onClick={() => setMaking(true)}>
        <Plus size={16} aria-hidden />
        {t("tools.new")}
      </Button>
      {making && <NewTokenDialog onClose={() => setMaking(false)} />}
    </div>
  );
}

function TokenList({ tokens }: { tokens: readonly ApiToken[] }) {
  const { t } = useTranslation();
  const [toRevoke, setToRevoke] = useState<ApiToken | null>(null);
  return (
    <>
      <ul
        aria-label={t("tools.list")}
        className="w-full divide-y divide-surface-3 border-y border-surface-3"
        data-testid="tokens"
      >
        {tokens.map((token) => (
          <TokenRow key={token.id} token={token} onRevoke={() => setToRevoke(token)} />
        ))}
      </ul>
      {toRevoke && <RevokeDialog token={toRevoke} onClose={() => setToRevoke(null)} />}
    </>
  );
}

function TokenRow({ token, onRevoke }: { token: ApiToken; onRevoke: () => void }) {
  const { t, i18n } = useTranslation();
  const now = new Date(useNow(MINUTE_MS));
  const { name, scope, created_at, last_used_at } = token;
  const ago = last_used_at && (agoOf(last_used_at, i18n.language, now) ?? t("follow.justNow"));
  return (
    <li className="flex items-center gap-3 py-2.5">
      <KeyRound size={17} className="shrink-0 text-text-3" aria-hidden />
      <div className="min-w-0 grow">
        <p className="truncate" title={name}>
          {name}
        </p>
        <p className="tabular flex flex-wrap gap-x-2 text-sm text-text-2">
          <span>{t(`tools.scope_${scope}`)}</span>
          <span className="text-text-3">
            {t("tools.made", { at: day(created_at, i18n.language) })} ·{" "}
            {ago ? t("tools.used", { ago }) : t("tools.unused")}
          </span>
        </p>
      </div>
      <Button look="quiet" aria-label={t("tools.revokeName", { name })} onClick={onRevoke}>
        {t("tools.revoke")}
      </Button>
    </li>
  );
}

function RevokeDialog({ token, onClose }: { token: ApiToken; onClose: () => void }) {
  const { t } = useTranslation();
  const { mutate } = useRevokeToken();
  return (
    <ConfirmDialog
      title={t("tools.revokeTitle", { name: token.name })}
      confirm={t("tools.revoke")}
      onConfirm={() => mutate(token)}
      onClose={onClose}
    >
      <p className="text-text-2">{t("tools.revokeText")}</p>
    </ConfirmDialog>
  );
}
