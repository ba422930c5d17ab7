import { cloneElement, type MouseEvent, type ReactElement, type ReactNode, useState } from "react";
import { fetchLater } from "@/lib/lazyPart";
import type { ChoiceProps, ItemProps } from "./menuParts";

// A menu costs 25 kB and half a dozen components; a grid has one per tile, and most are never opened.
// So a trigger is a plain button until its first click, and the rest is fetched when a pointer comes near.
type Parts = typeof import("./menuParts");
let parts: Parts | null = null;

async function load(): Promise<void> {
  parts ??= await import("./menuParts");
}

fetchLater(load);

/** Inside of an open menu its parts are there. */
function loaded(): Parts {
  if (!parts) throw new Error("a menu's item outside of a menu");
  return parts;
}

interface Props {
  trigger: ReactElement<Record<string, unknown>>;
  children: ReactNode;
  align?: "start" | "end";
  side?: "top" | "bottom";
}

export function Menu({ trigger, children, align = "end", side = "bottom" }: Props) {
  const [opened, setOpened] = useState<"pointer" | "keyboard" | null>(null);
  if (opened) {
    const { MenuRoot } = loaded();
    return (
      <MenuRoot trigger={trigger} align={align} side={side} byKeyboard={opened === "keyboard"}>
        {children}
      </MenuRoot>
    );
  }
  const preload = () => void load().catch(() => null);
  return cloneElement(trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onPointerEnter: preload,
    onFocus: preload,
    // A key's click has no count. A part that can't be fetched (offline) is asked for at the next click.
    onClick: (event: MouseEvent) => {
      const by = event.detail === 0 ? "keyboard" : "pointer";
      void load().then(
        () => setOpened(by),
        () => null,
      );
    },
  });
}

export function MenuItem(props: ItemProps) {
  const { MenuItem: Item } = loaded();
  return <Item {...props} />;
}

export function MenuChoice(props: ChoiceProps) {
  const { MenuChoice: Choice } = loaded();
  return <Choice {...props} />;
}

export function MenuLine() {
  const { MenuLine: Line } = loaded();
  return <Line />;
}
