import { X } from "lucide-react";
import {
  type ComponentProps,
  type KeyboardEvent,
  type ReactNode,
  useId,
  useLayoutEffect,
  useRef,
} from "react";
import { IconButton } from "./Button";

interface Props extends Omit<ComponentProps<"dialog">, "title" | "onClose" | "onClick" | "ref"> {
  title: string;
  closeLabel: string;
  onClose: () => void;
  children: ReactNode;
  /** Under the title. */
  subtitle?: ReactNode;
  /** As large as there is room, on a phone the whole of it; its content scrolls inside of it. */
  large?: boolean;
}

const SMALL = "w-[min(32rem,calc(100vw-2rem))] rounded-2xl";
const LARGE =
  "h-dvh max-h-none w-dvw max-w-none sm:h-[min(52rem,calc(100dvh-3rem))] sm:w-[min(64rem,calc(100vw-3rem))] sm:rounded-2xl";

const DOUBLE_CLICK_MS = 500;

/** The second click of a double click on a dialog's button would hit what lies beneath. */
export function swallowSecondClick(): void {
  const swallow = (event: MouseEvent) => {
    if (event.detail < 2) return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("click", swallow, true);
  setTimeout(() => document.removeEventListener("click", swallow, true), DOUBLE_CLICK_MS);
}

const FOCUSABLE = "a[href], button, input, select, textarea, summary, iframe, [tabindex]";

/**
 * From the last back to the first, and the other way round: between them, the browser's own dialog lets the focus
 * go to nothing at all for one press.
 */
function keepFocus(event: KeyboardEvent<HTMLDialogElement>): void {
  if (event.key !== "Tab" || event.defaultPrevented) return;
  const steps = [...event.currentTarget.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (step) => step.tabIndex >= 0 && !step.matches(":disabled") && step.getClientRects().length > 0,
  );
  const [from, to] = event.shiftKey ? [steps[0], steps.at(-1)] : [steps.at(-1), steps[0]];
  // One of several radio buttons stands for all of them.
  const isEnd =
    event.target === from || (isRadio(from) && isRadio(event.target) && event.target.name === from.name);
  if (!isEnd || !to) return;
  event.preventDefault();
  to.focus();
}

const isRadio = (target: unknown): target is HTMLInputElement =>
  target instanceof HTMLInputElement && target.type === "radio";

/**
 * The browser's own modal dialog: focus, Escape and the inert page behind it for no bytes, and without the
 * inline style sheet that scroll-locking libraries add (the Content-Security-Policy forbids it).
 * Mount it to open it.
 */
export function Dialog({
  title,
  subtitle,
  closeLabel,
  onClose,
  children,
  large = false,
  className = "",
  onKeyDown,
  ...rest
}: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  // Before it leaves the page, so that closing gives the focus back to where it came from.
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    // The browser would take the first button, which is "close"; autoFocus comes before the dialog is open.
    dialog?.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    return () => {
      dialog?.close();
      swallowSecondClick();
    };
  }, []);

  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      // The event comes late: in between, React's strict mode has opened it again.
      onClose={() => !ref.current?.open && onClose()}
      // What somebody has worked on does not go with a click beside it.
      onKeyDown={(event) => {
        onKeyDown?.(event);
        keepFocus(event);
      }}
      onClick={(event) => !large && event.target === ref.current && onClose()}
      className={`m-auto border border-transparent bg-surface-1 p-0 text-text-1 shadow-2xl ${large ? LARGE : SMALL} ${className}`}
      {...rest}
    >
      <div className={large ? "flex h-full flex-col" : "p-5 sm:p-6"}>
        <div
          className={`flex items-start justify-between gap-4 ${large ? "px-4 pt-4 pb-3 sm:px-6 sm:pt-5" : "mb-3"}`}
        >
          <div className="min-w-0">
            <h2 id={titleId} className="pt-1 text-lg font-semibold text-balance break-words">
              {title}
            </h2>
            {subtitle}
          </div>
          <IconButton label={closeLabel} onClick={onClose} className="-mt-0.5 -mr-1.5">
            <X size={18} aria-hidden />
          </IconButton>
        </div>
        {children}
      </div>
    </dialog>
  );
}
