import type { ComponentProps } from "react";

type Look = "main" | "plain" | "quiet" | "bad";

// The border is invisible until somebody's own colours take all grounds away (forced-colors).
const looks: Record<Look, string> = {
  main: "bg-accent text-on-accent hover:bg-accent-strong",
  plain: "bg-surface-2 text-text-1 hover:bg-surface-3",
  quiet: "text-text-2 hover:bg-surface-2 hover:text-text-1",
  bad: "bg-bad text-surface-1 hover:opacity-90",
};

interface Props extends ComponentProps<"button"> {
  look?: Look;
}

/** Its words break into lines rather than run out of a narrow screen. */
export function Button({ look = "plain", className = "", ...rest }: Props) {
  return (
    <button
      type="button"
      className={`inline-flex min-h-9 max-w-full shrink-0 items-center justify-center gap-2 rounded-lg border border-transparent px-3.5 py-1 text-left text-sm font-semibold transition-colors disabled:opacity-50 ${looks[look]} ${className}`}
      {...rest}
    />
  );
}

/** A square button with a picture only; its name is read aloud and shown on hover. */
export function IconButton({ label, className = "", ...rest }: ComponentProps<"button"> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`inline-flex size-9 shrink-0 items-center justify-center rounded-lg text-text-2 transition-colors hover:bg-surface-2 hover:text-text-1 disabled:opacity-50 ${className}`}
      {...rest}
    />
  );
}
