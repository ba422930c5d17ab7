import { type ComponentProps, useId } from "react";

/** A line to type in, its name above it. */
export function Field({ label, hint, ...rest }: { label: string; hint?: string } & ComponentProps<"input">) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="text-sm text-text-2">
        {label}
      </label>
      <input
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-1.5 h-10 w-full rounded-lg border border-surface-3 bg-surface-0 px-3 text-base text-text-1"
        {...rest}
      />
      {hint && (
        <p id={`${id}-hint`} className="pt-1.5 text-sm text-text-2">
          {hint}
        </p>
      )}
    </div>
  );
}
