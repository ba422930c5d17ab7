import { type FormEvent, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import { useFollowSource } from "@/hooks/useFollow";
import { toApiError } from "@/lib/apiError";
import { INTERVALS_HOURS, intervalWords } from "@/lib/followText";
import "@/lib/i18n/tools";
import type { VideoList } from "@/types/video";
import { Choice, Switch } from "../entry/SettingControls";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";

const USUAL_HOURS = 6;

/** What a list follows and how often it is looked at. Open until the server has said yes: a wrong address is said here. */
export default function FollowDialog({ list, onClose }: { list: VideoList; onClose: () => void }) {
  const { t } = useTranslation();
  const { follow } = list;
  const [url, setUrl] = useState(follow?.url ?? "");
  const [hours, setHours] = useState(follow?.interval_hours ?? USUAL_HOURS);
  const [existing, setExisting] = useState(true);
  const [problem, setProblem] = useState<string | null>(null);
  const { mutateAsync, isPending } = useFollowSource(list.id);
  const input = useRef<HTMLInputElement>(null);
  const ids = { input: useId(), hint: useId() };
  const address = url.trim();
  const isNew = address !== follow?.url;

  const refuse = (why: string) => {
    setProblem(why);
    input.current?.focus();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isPending) return;
    if (address === "") return refuse(t("follow.missing"));
    const body = { url: address, interval_hours: hours, include_existing: isNew && existing };
    mutateAsync(body).then(
      () => {
        onClose();
        toast(t(isNew ? "follow.started" : "follow.changed", { name: list.name }));
      },
      (cause: unknown) => refuse(t(`errors.${toApiError(cause).code}`)),
    );
  };
  const intervals = [...new Set<number>([...INTERVALS_HOURS, hours])].sort((a, b) => a - b);

  return (
    <Dialog
      title={follow ? t("follow.change", { name: list.name }) : t("follow.title")}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <form onSubmit={submit} noValidate className="grid grid-cols-[minmax(0,1fr)] gap-5">
        <p className="text-text-2">{t("follow.lead", { name: list.name })}</p>
        <div>
          <label htmlFor={ids.input} className="text-sm text-text-2">
            {t("follow.address")}
          </label>
          <input
            ref={input}
            id={ids.input}
            data-autofocus
            type="url"
            inputMode="url"
            autoComplete="off"
            value={url}
            maxLength={2000}
            placeholder={t("follow.placeholder")}
            aria-invalid={problem !== null}
            aria-describedby={ids.hint}
            onChange={(event) => {
              setUrl(event.target.value);
              setProblem(null);
            }}
            className="mt-1.5 h-10 w-full rounded-lg border border-surface-3 bg-surface-0 px-3 aria-invalid:border-bad"
          />
          <p
            id={ids.hint}
            role={problem === null ? undefined : "alert"}
            className={`min-h-5 pt-1 text-sm ${problem === null ? "text-text-3" : "text-bad"}`}
          >
            {problem ?? t("follow.addressHint")}
          </p>
        </div>
        <div>
          <p className="pb-1.5 text-sm text-text-2" aria-hidden="true">
            {t("follow.interval")}
          </p>
          <Choice
            name="interval"
            label={t("follow.interval")}
            value={String(hours)}
            onChange={(value) => setHours(Number(value))}
            options={intervals.map((each) => [String(each), intervalWords(each, t)] as const)}
          />
        </div>
        {isNew && (
          <Switch
            label={t("follow.existing")}
            text={t("follow.existingText")}
            checked={existing}
            onChange={setExisting}
          />
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button look="main" type="submit" aria-disabled={isPending}>
            {t(isPending ? "follow.saving" : follow ? "common.save" : "follow.submit")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
