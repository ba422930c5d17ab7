import { useTranslation } from "react-i18next";
import { number } from "@/lib/format";
import "@/lib/i18n/grid";
import type { VideoList } from "@/types/video";
import { Dialog } from "../ui/Dialog";

interface Props {
  title: string;
  /** What will happen, where that is not plain. */
  text?: string;
  lists: readonly VideoList[];
  onChoose: (list: VideoList) => void;
  onClose: () => void;
}

/** One of the lists, by one click. */
export default function ChooseListDialog({ title, text, lists, onChoose, onClose }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <Dialog title={title} closeLabel={t("common.close")} onClose={onClose}>
      {text && <p className="pb-3 text-text-2">{text}</p>}
      <ul className="-mx-3 grid grid-cols-[minmax(0,1fr)]">
        {lists.map((list) => (
          <li key={list.id}>
            <button
              type="button"
              onClick={() => {
                onClose();
                onChoose(list);
              }}
              className="flex w-full items-center gap-3 rounded-lg border border-transparent px-3 py-2 text-left hover:bg-surface-2"
            >
              <bdi className="min-w-0 grow truncate" title={list.name}>
                {list.name}
              </bdi>
              <span className="tabular shrink-0 text-sm text-text-3">
                {number(list.video_count, i18n.language)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
