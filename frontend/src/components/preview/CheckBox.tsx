import type { ComponentProps } from "react";

interface Props extends Omit<ComponentProps<"input">, "onChange" | "checked" | "type"> {
  checked: boolean;
  /** Some of what it stands for. */
  partly?: boolean;
  onChange: (checked: boolean) => void;
}

/** The browser's own, a little larger. */
export function CheckBox({ checked, partly = false, onChange, className = "", ...rest }: Props) {
  return (
    <input
      type="checkbox"
      checked={checked}
      ref={(box) => {
        if (box) box.indeterminate = partly;
      }}
      onChange={(event) => onChange(event.target.checked)}
      className={`size-4.5 shrink-0 cursor-pointer ${className}`}
      {...rest}
    />
  );
}
