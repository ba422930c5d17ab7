import { useId } from "react";
import { useTranslation } from "react-i18next";
import { say } from "@/lib/addedMessage";
import { groupKind, UNGROUPED } from "@/lib/previewChoices";
import type { PreviewGroup } from "@/types/video";
import { CheckBox } from "./CheckBox";

interface Props {
  groups: readonly PreviewGroup[];
  format: string;
  /** How many lines stand in none of them. */
  ungrouped?: number;
  /** null: all of them. */
  chosen: ReadonlySet<number> | null;
  /** Those that have a list of their own, which is said. null: all go into one. */
  filled: ReadonlySet<number> | null;
  onChoose: (chosen: ReadonlySet<number> | null) => void;
}

/** The parts of an input, each with its count: any of them can be taken alone. */
export function PreviewGroups({ groups, format, ungrouped = 0, chosen, filled, onChoose }: Props) {
  const { t, i18n } = useTranslation();
  const title = t(`preview.groups_${groupKind(format)}`);
  const toggle = (index: number, take: boolean) => {
    const all = [...groups.keys(), ...(ungrouped > 0 ? [UNGROUPED] : [])];
    const next = new Set(chosen ?? all);
    if (take) next.add(index);
    else next.delete(index);
    onChoose(next.size === all.length ? null : next);
  };
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{title}</legend>
      <CheckRow
        label={title}
        detail=""
        strong
        checked={chosen === null}
        partly={chosen !== null && chosen.size > 0}
        onChange={(take) => onChoose(take ? null : new Set())}
      />
      <ul>
        {groups.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: its place is what a group is known by
          <li key={index}>
            <GroupRow
              group={group}
              withList={filled?.has(index) ?? false}
              checked={chosen?.has(index) ?? true}
              onChange={(take) => toggle(index, take)}
            />
          </li>
        ))}
        {ungrouped > 0 && (
          <li>
            <CheckRow
              label={t("preview.ungrouped")}
              detail={t("preview.lines", say(ungrouped, i18n.language))}
              checked={chosen?.has(UNGROUPED) ?? true}
              onChange={(take) => toggle(UNGROUPED, take)}
            />
          </li>
        )}
      </ul>
    </fieldset>
  );
}

interface RowProps {
  group: PreviewGroup;
  withList: boolean;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function GroupRow({ group, withList, checked, onChange }: RowProps) {
  const { t, i18n } = useTranslation();
  const destination = withList && checked ? t(group.list_id ? "preview.toList" : "preview.toNewList") : null;
  // A list of nothing but playlists and channels is not one of no videos.
  const videos =
    destination && group.video_count === 0
      ? t("preview.lines", say(group.item_count, i18n.language))
      : t("preview.groupVideos", say(group.video_count, i18n.language));
  return (
    <CheckRow
      label={group.name}
      detail={destination ? `${videos} · ${destination}` : videos}
      checked={checked}
      onChange={onChange}
    />
  );
}

interface CheckRowProps {
  label: string;
  detail: string;
  strong?: boolean;
  checked: boolean;
  partly?: boolean;
  onChange: (checked: boolean) => void;
}

function CheckRow({ label, detail, strong = false, checked, partly = false, onChange }: CheckRowProps) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className="flex cursor-pointer items-start gap-3 rounded-lg px-2 py-1.5 hover:bg-surface-2"
    >
      <CheckBox id={id} checked={checked} partly={partly} onChange={onChange} className="mt-0.5" />
      <span className="min-w-0 grow">
        <span className={`block truncate text-sm ${strong ? "font-semibold" : ""}`} title={label}>
          {label}
        </span>
        {detail !== "" && <span className="tabular block text-xs text-text-3">{detail}</span>}
      </span>
    </label>
  );
}
