import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type ReactNode, useCallback } from "react";

interface Props {
  trigger: ReactNode;
  children: ReactNode;
  align: "start" | "end";
  side: "top" | "bottom";
  byKeyboard: boolean;
}

const itemLook =
  "flex w-full items-center gap-2.5 rounded-md px-2.5 py-2 text-sm outline-none select-none data-[highlighted]:bg-surface-2 data-[disabled]:opacity-50";

/** Not modal: a modal menu locks scrolling with an inline style sheet. Open from its first render on. */
export function MenuRoot({ trigger, children, align, side, byKeyboard }: Props) {
  // Radix puts the focus on the first item only when it saw the key itself.
  const focusFirst = useCallback(
    (content: HTMLElement | null) => {
      if (!byKeyboard || !content) return;
      requestAnimationFrame(() => content.querySelector<HTMLElement>("[role^=menuitem]")?.focus());
    },
    [byKeyboard],
  );
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      {/* Beside all else, and inside of what is as large as the screen: nothing else is seen then. */}
      <DropdownMenu.Portal container={document.fullscreenElement}>
        <DropdownMenu.Content
          ref={focusFirst}
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-h-[80dvh] min-w-48 overflow-y-auto rounded-xl border border-surface-3 bg-surface-1 p-1.5 text-text-1 shadow-xl"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export interface ItemProps {
  icon?: ReactNode;
  onSelect: () => void;
  bad?: boolean;
  disabled?: boolean;
  children: ReactNode;
}

export function MenuItem({ icon, onSelect, bad, disabled, children }: ItemProps) {
  return (
    <DropdownMenu.Item
      onSelect={onSelect}
      disabled={disabled ?? false}
      className={`${itemLook} ${bad ? "text-bad" : ""}`}
    >
      {icon && <span className="text-text-3">{icon}</span>}
      {children}
    </DropdownMenu.Item>
  );
}

export interface MenuOption {
  value: string;
  label: string;
  icon?: ReactNode;
  /** A number at the end of a line. */
  detail?: string | undefined;
}

export interface ChoiceProps {
  label: string;
  value: string;
  options: readonly MenuOption[];
  onChange: (value: string) => void;
  /** One below the other, and choosing closes the menu. */
  lines?: boolean;
}

export function MenuChoice({ label, value, options, onChange, lines = false }: ChoiceProps) {
  return (
    <>
      <DropdownMenu.Label className="px-2.5 pt-1.5 pb-1 text-xs text-text-3">{label}</DropdownMenu.Label>
      <DropdownMenu.RadioGroup
        value={value}
        onValueChange={onChange}
        className={lines ? "" : "flex gap-1 px-1 pb-1"}
      >
        {options.map((option) =>
          lines ? <ChoiceLine key={option.value} {...option} /> : <Segment key={option.value} {...option} />,
        )}
      </DropdownMenu.RadioGroup>
    </>
  );
}

function Segment({ value, label, icon }: MenuOption) {
  return (
    <DropdownMenu.RadioItem
      value={value}
      onSelect={(event) => event.preventDefault()}
      className="flex grow items-center justify-center gap-1.5 rounded-md px-2.5 py-1.5 text-sm outline-none select-none data-[highlighted]:bg-surface-2 data-[state=checked]:bg-surface-3 data-[state=checked]:font-semibold"
    >
      {icon}
      {label}
    </DropdownMenu.RadioItem>
  );
}

function ChoiceLine({ value, label, detail }: MenuOption) {
  return (
    <DropdownMenu.RadioItem value={value} className={`${itemLook} py-1.5 data-[state=checked]:font-semibold`}>
      <span className="grid size-4 shrink-0 place-items-center text-accent">
        <DropdownMenu.ItemIndicator>
          <Check size={16} strokeWidth={2.5} aria-hidden />
        </DropdownMenu.ItemIndicator>
      </span>
      <span className="grow pr-6">{label}</span>
      {detail !== undefined && <span className="tabular font-normal text-text-3">{detail}</span>}
    </DropdownMenu.RadioItem>
  );
}

export function MenuLine() {
  return <DropdownMenu.Separator className="my-1.5 h-px bg-surface-3" />;
}
