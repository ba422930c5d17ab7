import { Plus, X } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCanEdit } from "@/hooks/useCanEdit";
import { useTags } from "@/hooks/useTags";
import { useVideoChange, useWantedTags } from "@/hooks/useVideoChange";
import "@/lib/i18n/watch";
import { TAG_LENGTH, TAGS_AT_ONCE, tagKey } from "@/lib/tags";
import { isVisibleName } from "@/lib/visibleName";

const MOST_SUGGESTIONS = 200;

interface Props {
  videoId: string;
  tags: readonly string[];
}

/** A person's own words for a video: added by Enter or a comma, removed by a click. Kept at once. */
export function TagEditor({ videoId, tags }: Props) {
  const { t } = useTranslation();
  const { mutate } = useVideoChange(videoId);
  const wanted = useWantedTags(videoId, tags);
  const [typed, setTyped] = useState("");
  const [editing, setEditing] = useState(false);
  const suggestions = useId();
  const canEdit = useCanEdit();

  const add = (text: string) => {
    const added = text
      .split(",")
      .map((name) => name.trim().replace(/^#/, "").trim())
      .filter(isVisibleName);
    setTyped("");
    const before = wanted();
    const all = new Map(before.map((name) => [tagKey(name), name]));
    for (const name of added) if (!all.has(tagKey(name))) all.set(tagKey(name), name);
    if (all.size > before.length) mutate({ tags: [...all.values()].slice(0, TAGS_AT_ONCE) });
  };
  const remove = (name: string) => mutate({ tags: wanted().filter((tag) => tag !== name) });
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" || event.key === ",") {
      event.preventDefault();
      add(typed);
    }
    if (event.key === "Backspace" && typed === "" && tags.length > 0) remove(tags.at(-1) ?? "");
    if (event.key === "Escape") {
      setTyped("");
      event.currentTarget.blur();
    }
  };

  return (
    <div className="flex max-w-full flex-wrap items-center gap-1.5" data-testid="tags">
      {tags.length > 0 && (
        <ul aria-label={t("watch.tags")} className="contents">
          {tags.map((name) => (
            <li
              key={name}
              className={`inline-flex min-h-7 max-w-full items-center rounded-full bg-surface-2 pl-3 text-sm text-text-2 ${canEdit ? "" : "pr-3"}`}
            >
              <bdi className="truncate">{name}</bdi>
              {canEdit && (
                <button
                  type="button"
                  aria-label={t("watch.removeTag", { name })}
                  onClick={() => remove(name)}
                  className="grid size-7 shrink-0 place-content-center rounded-full text-text-3 hover:text-text-1"
                >
                  <X size={13} aria-hidden />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {canEdit && tags.length < TAGS_AT_ONCE && (
        <label className={`relative inline-flex items-center ${tags.length > 0 ? "" : "-ml-2.5"}`}>
          <Plus size={14} aria-hidden className="pointer-events-none absolute left-2.5 text-text-3" />
          <input
            value={typed}
            maxLength={TAG_LENGTH}
            list={suggestions}
            dir="auto"
            aria-label={t("watch.addTag")}
            placeholder={t("watch.addTag")}
            enterKeyHint="done"
            autoComplete="off"
            onChange={(event) => {
              // A suggestion that is taken comes whole.
              const { inputType } = event.nativeEvent as InputEvent;
              if (inputType === "insertReplacementText") add(event.target.value);
              else setTyped(event.target.value);
            }}
            onKeyDown={onKeyDown}
            onFocus={() => setEditing(true)}
            onBlur={() => add(typed)}
            className="field-sizing-content h-8 max-w-60 min-w-28 rounded-full border border-transparent bg-transparent pr-3 pl-7 text-sm placeholder:text-text-3 hover:bg-surface-2 focus:border-surface-3 focus:bg-surface-1"
          />
          {editing && <Suggestions id={suggestions} without={tags} />}
        </label>
      )}
    </div>
  );
}

/** The tags that are used already. */
function Suggestions({ id, without }: { id: string; without: readonly string[] }) {
  const { data: known = [] } = useTags();
  const taken = new Set(without.map(tagKey));
  return (
    <datalist id={id}>
      {known
        .filter(({ name }) => !taken.has(tagKey(name)))
        .slice(0, MOST_SUGGESTIONS)
        .map(({ name }) => (
          <option key={name} value={name} />
        ))}
    </datalist>
  );
}
