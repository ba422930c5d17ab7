import { ChevronDown, X } from "lucide-react";
import { Popover } from "radix-ui";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  name: string;
  /** What it is set to; "" if it is not. */
  value: string;
  onDrop: () => void;
  children: (close: () => void) => ReactNode;
}

/** One filter: its name, or what it is set to. Its choices open below it. */
export function FilterChip({ name, value, onDrop, children }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const isSet = value !== "";
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <div
        className={`inline-flex h-9 shrink-0 items-center rounded-full border text-sm ${
          isSet
            ? "border-transparent bg-(--ring) font-semibold text-text-1 max-sm:-order-1"
            : "border-surface-3 text-text-2 hover:bg-surface-2 hover:text-text-1 has-data-[state=open]:bg-surface-2"
        }`}
      >
        <Popover.Trigger asChild>
          <button
            type="button"
            aria-label={isSet ? `${name}: ${value}` : name}
            className={`inline-flex h-full items-center gap-1.5 rounded-full ${isSet ? "pr-1 pl-3.5" : "pr-2.5 pl-3.5"}`}
          >
            <bdi className="max-w-64 truncate" title={isSet ? value : undefined}>
              {isSet ? value : name}
            </bdi>
            {!isSet && <ChevronDown size={15} aria-hidden className="text-text-3" />}
          </button>
        </Popover.Trigger>
        {isSet && (
          <button
            type="button"
            aria-label={t("search.drop", { name })}
            title={t("search.drop", { name })}
            onClick={onDrop}
            className="mr-1 inline-flex size-7 items-center justify-center rounded-full text-text-2 hover:bg-surface-3 hover:text-text-1"
          >
            <X size={15} aria-hidden />
          </button>
        )}
      </div>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label={name}
          className="z-50 flex max-h-(--radix-popover-content-available-height) w-max max-w-[min(22rem,calc(100vw-1rem))] min-w-52 flex-col rounded-xl border border-surface-3 bg-surface-1 text-text-1 shadow-xl"
        >
          {children(() => setOpen(false))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
