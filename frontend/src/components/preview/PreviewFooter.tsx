import { ChevronDown } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { amountOf } from "@/lib/amounts";
import { type Choices, listOfTarget } from "@/lib/previewChoices";
import type { Estimate } from "@/types/transcription";
import type { VideoList } from "@/types/video";
import { Button } from "../ui/Button";

/** No list's id. */
const NEW = "";

interface Props {
  lists: readonly VideoList[];
  choices: Choices;
  onChange: (changes: Partial<Choices>) => void;
  /** What a new list may be called. */
  suggestion: string;
  withTarget: boolean;
  /** Every line goes into the list of its part: there is nothing to choose. */
  noTarget: boolean;
  /** About what captions from the sound will take; null where none are made. */
  transcription: Estimate | null;
  /** null: it is not known yet what there is to confirm. */
  words: string | null;
  ready: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Where it goes, and the one thing to press. */
export function PreviewFooter(props: Props) {
  const { withTarget, noTarget, transcription, words, ready, onConfirm, onCancel } = props;
  const { t, i18n } = useTranslation();
  const confirm = useRef<HTMLButtonElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  // Whoever has not gone anywhere meanwhile goes on with Enter.
  useEffect(() => {
    if (ready && document.activeElement === cancel.current) confirm.current?.focus();
  }, [ready]);

  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-3 border-t border-surface-3 px-4 py-3 sm:px-6 sm:py-4">
      {transcription && transcription.videos > 0 && words !== null && (
        <p className="tabular w-full text-xs text-text-3" data-testid="preview-captions">
          {t("captionsOf.preview", { amount: amountOf(transcription, t, i18n.language, { ofSound: false }) })}
        </p>
      )}
      {withTarget && !noTarget && <Target {...props} />}
      <div className="flex min-w-0 grow justify-end gap-2">
        <Button
          ref={cancel}
          look="quiet"
          onClick={onCancel}
          data-autofocus={!ready || undefined}
          // On a phone all room is for what will happen; closing is above.
          className={words === null ? "max-sm:grow" : "max-sm:hidden"}
        >
          {t("common.cancel")}
        </Button>
        {words !== null && (
          <Button
            ref={confirm}
            look="main"
            data-testid="confirm-import"
            disabled={!ready}
            onClick={onConfirm}
            data-autofocus={ready || undefined}
            className="tabular min-w-0 shrink px-5 text-center! max-sm:min-h-11 max-sm:grow"
          >
            {words}
          </Button>
        )}
      </div>
    </div>
  );
}

function Target({ lists, choices, onChange, suggestion }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const { target, split } = choices;
  const name = "newName" in target ? target.newName : null;
  const taken = name !== null && listOfTarget(target, lists) !== null;
  const field = "h-10 rounded-lg border border-surface-3 bg-surface-0";
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2 max-sm:w-full">
      <label htmlFor={id} className="shrink-0 text-sm text-text-2">
        {t(split ? "preview.intoRest" : "preview.into")}
      </label>
      <span className="relative inline-flex min-w-0 max-sm:grow">
        <select
          id={id}
          value={"listId" in target ? target.listId : NEW}
          onChange={({ target: { value } }) =>
            onChange({ target: value === NEW ? { newName: suggestion } : { listId: value } })
          }
          className={`w-full appearance-none truncate pr-9 pl-3 text-sm sm:w-52 ${field}`}
        >
          {lists.map((list) => (
            <option key={list.id} value={list.id}>
              {list.name}
            </option>
          ))}
          <option value={NEW}>{t("preview.newList")}</option>
        </select>
        <ChevronDown
          size={16}
          aria-hidden
          className="pointer-events-none absolute top-1/2 right-3 -translate-y-1/2 text-text-3"
        />
      </span>
      {name !== null && (
        <input
          aria-label={t("preview.newListName")}
          aria-describedby={taken ? `${id}-taken` : undefined}
          placeholder={t("preview.newListName")}
          value={name}
          maxLength={200}
          // It has just been asked for.
          ref={focusOnce}
          onChange={(event) => onChange({ target: { newName: event.target.value } })}
          className={`min-w-0 px-3 text-sm max-sm:w-full sm:w-52 ${field}`}
        />
      )}
      {taken && (
        <p id={`${id}-taken`} className="w-full text-xs text-text-2">
          {t("preview.nameTaken")}
        </p>
      )}
    </div>
  );
}

function focusOnce(field: HTMLInputElement | null): void {
  if (!field || field.dataset.met) return;
  field.dataset.met = "yes";
  field.focus();
  field.select();
}
