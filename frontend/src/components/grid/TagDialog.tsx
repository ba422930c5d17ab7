import { Check, Minus, Plus } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useTags } from "@/hooks/useTags";
import { say } from "@/lib/addedMessage";
import "@/lib/i18n/grid";
import type { VideoRow } from "@/lib/rows";
import { asTag, countTags, TAG_LENGTH, TAGS_AT_ONCE, type TagChange, tagKey, tagState } from "@/lib/tags";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";

interface Props {
  videos: readonly VideoRow[];
  onSave: (change: TagChange) => void;
  onClose: () => void;
}

/** The tags of what is chosen: which all, some or none of them have; one click gives one to all or takes it away. */
export default function TagDialog({ videos, onSave, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const { data: known } = useTags();
  const [typed, setTyped] = useState("");
  /** What was changed so far: given to all, or taken from all. */
  const [changes, setChanges] = useState<ReadonlyMap<string, { name: string; on: boolean }>>(new Map());
  const input = useId();
  const counts = new Map(countTags(videos).map(({ name, count }) => [tagKey(name), { name, count }]));
  const names = new Map<string, string>();
  for (const name of [
    ...(known ?? []).map((tag) => tag.name),
    ...[...counts.values()].map((tag) => tag.name),
    ...[...changes.values()].map((change) => change.name),
  ]) {
    if (!names.has(tagKey(name))) names.set(tagKey(name), name);
  }
  const stateOf = (key: string) => {
    const change = changes.get(key);
    if (change) return change.on ? "all" : "none";
    return tagState(counts.get(key)?.count ?? 0, videos.length);
  };
  const put = (name: string, on: boolean) =>
    setChanges((old) => new Map(old).set(tagKey(name), { name: names.get(tagKey(name)) ?? name, on }));
  const take = () => {
    for (const name of typed.split(",").map(asTag)) if (name !== "") put(name, true);
    setTyped("");
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // Enter in the field adds what was typed; only then does it save.
    if (asTag(typed) !== "") return take();
    const of = (on: boolean) =>
      [...changes.values()]
        .filter((change) => change.on === on)
        .map(({ name }) => name)
        .slice(0, TAGS_AT_ONCE);
    onClose();
    if (changes.size > 0) onSave({ add: of(true), remove: of(false) });
  };
  const shown = [...names].sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    <Dialog
      title={t("tags.title", say(videos.length, i18n.language))}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <form onSubmit={submit} className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <div>
          <label htmlFor={input} className="text-sm text-text-2">
            {t("tags.new")}
          </label>
          <div className="mt-1.5 flex gap-2">
            <input
              id={input}
              data-autofocus
              dir="auto"
              autoComplete="off"
              value={typed}
              maxLength={TAG_LENGTH * 4}
              placeholder={t("tags.placeholder")}
              onChange={(event) => setTyped(event.target.value)}
              className="h-10 min-w-0 grow rounded-lg border border-surface-3 bg-surface-0 px-3"
            />
            <Button onClick={take} disabled={asTag(typed) === ""}>
              <Plus size={16} aria-hidden />
              <span className="max-sm:sr-only">{t("tags.add")}</span>
            </Button>
          </div>
        </div>
        {shown.length > 0 && (
          <ul
            aria-label={t("tags.all")}
            className="-m-1 flex max-h-[40dvh] flex-wrap gap-2 overflow-y-auto p-1"
          >
            {shown.map(([key, name]) => (
              <li key={key} className="max-w-full">
                <TagToggle
                  name={name}
                  state={stateOf(key)}
                  onToggle={() => put(name, stateOf(key) !== "all")}
                />
              </li>
            ))}
          </ul>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button look="main" type="submit">
            {t("common.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function TagToggle({
  name,
  state,
  onToggle,
}: {
  name: string;
  state: "all" | "some" | "none";
  onToggle: () => void;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button's look, and a third state beside on and off
    <button
      type="button"
      role="checkbox"
      aria-checked={state === "some" ? "mixed" : state === "all"}
      onClick={onToggle}
      className={`tag-chip ${state === "none" ? "" : "tag-chosen"}`}
    >
      {state === "all" && <Check size={14} aria-hidden className="shrink-0" />}
      {state === "some" && <Minus size={14} aria-hidden className="shrink-0" />}
      <bdi className="truncate">{name}</bdi>
    </button>
  );
}
