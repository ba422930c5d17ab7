import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../ui/Dialog";

/** Keys that are pressed together; several of them are alternatives. */
type Combination = readonly string[];
type Row = readonly [alternatives: readonly Combination[], meaning: string];

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t("shortcuts.title")} closeLabel={t("common.close")} onClose={onClose}>
      <div className="grid gap-6">
        {useGroups().map(([name, rows]) => (
          <section key={name}>
            <h3 className="pb-2 text-sm font-semibold text-text-2">{name}</h3>
            <dl className="grid gap-2">
              {rows.map(([alternatives, meaning]) => (
                <div key={meaning} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                  <dt className="text-sm">{meaning}</dt>
                  <dd className="flex flex-wrap items-center gap-1.5 text-sm text-text-3">
                    {alternatives.map((keys, index) => (
                      <Fragment key={keys.join()}>
                        {index > 0 && t("shortcuts.or")}
                        <span className="inline-flex gap-1">
                          {keys.map((key) => (
                            <Key key={key}>{key}</Key>
                          ))}
                        </span>
                      </Fragment>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function Key({ children }: { children: string }) {
  return (
    <kbd className="inline-block min-w-7 rounded-md border border-surface-3 bg-surface-2 px-2 py-0.5 text-center font-sans text-sm text-text-1">
      {children}
    </kbd>
  );
}

function useGroups(): readonly (readonly [string, readonly Row[]])[] {
  const { t } = useTranslation();
  const key = (name: "arrows" | "space" | "enter" | "home" | "end" | "shift" | "escape" | "delete") =>
    t(`shortcuts.${name}`);
  const ctrl = /mac|iphone|ipad/i.test(navigator.platform) ? "⌘" : t("shortcuts.ctrl");
  return [
    [
      t("shortcuts.everywhere"),
      [
        [[["N"]], t("shortcuts.add")],
        [[[ctrl, "V"]], t("shortcuts.paste")],
        [[["/"]], t("shortcuts.search")],
        [[["?"]], t("shortcuts.help")],
        [[[key("escape")]], t("shortcuts.closes")],
      ],
    ],
    [
      t("shortcuts.grid"),
      [
        [[[key("arrows")]], t("shortcuts.move")],
        [[[key("home")], [key("end")]], t("shortcuts.ends")],
        [[[key("enter")]], t("shortcuts.open")],
        [[[key("space")], ["X"]], t("shortcuts.select")],
        [[[key("shift"), key("arrows")]], t("shortcuts.extend")],
        [[[ctrl, "A"]], t("shortcuts.all")],
        [[[key("escape")]], t("shortcuts.clear")],
        [[[key("delete")]], t("shortcuts.remove")],
      ],
    ],
    [
      t("shortcuts.found"),
      [
        [[[key("arrows")]], t("shortcuts.lines")],
        [[["J"], ["K"]], t("shortcuts.videos")],
        [[[key("enter")]], t("shortcuts.openMoment")],
      ],
    ],
    [
      t("shortcuts.watching"),
      [
        [[[key("space")], ["K"]], t("shortcuts.play")],
        [[["←"], ["→"]], t("shortcuts.seek")],
        [[["J"], ["L"]], t("shortcuts.seekFar")],
        [[[","], ["."]], t("shortcuts.line")],
        [
          [
            [key("shift"), "←"],
            [key("shift"), "→"],
          ],
          t("shortcuts.chapter"),
        ],
        [[["0"], ["9"]], t("shortcuts.tenths")],
        [[["<"], [">"]], t("shortcuts.speed")],
        [[["M"]], t("shortcuts.mute")],
        [[["C"]], t("shortcuts.captions")],
        [[["F"]], t("shortcuts.fullscreen")],
        [[["/"]], t("shortcuts.searchTranscript")],
        [
          [
            [key("shift"), "P"],
            [key("shift"), "N"],
          ],
          t("shortcuts.neighbour"),
        ],
      ],
    ],
  ];
}
