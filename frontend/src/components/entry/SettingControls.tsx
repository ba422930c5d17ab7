interface ChoiceProps<T extends string> {
  name: string;
  label: string;
  value: T;
  options: readonly (readonly [value: T, label: string])[];
  onChange: (value: T) => void;
}

/** One of a few: the browser's own radio buttons, side by side where there is room. */
export function Choice<T extends string>({ name, label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{label}</legend>
      <div className="flex flex-wrap gap-1 rounded-xl border border-surface-3 bg-surface-1 p-1 sm:w-fit">
        {options.map(([option, text]) => (
          <label
            key={option}
            className="flex min-h-9 grow cursor-pointer items-center justify-center gap-2 rounded-lg border border-transparent px-2.5 py-1.5 sm:px-4 text-center text-sm text-text-2 hover:text-text-1 has-checked:bg-surface-3 has-checked:font-semibold has-checked:text-text-1 has-focus-visible:outline-2 has-focus-visible:outline-accent forced-colors:has-checked:border-[Highlight]"
          >
            <input
              type="radio"
              name={name}
              value={option}
              checked={option === value}
              onChange={() => onChange(option)}
              className="sr-only"
            />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface SwitchProps {
  label: string;
  text: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

export function Switch({ label, text, checked, onChange }: SwitchProps) {
  return (
    <label className="-mx-3 flex cursor-pointer items-center gap-4 rounded-lg px-3 py-2 hover:bg-surface-2">
      <span className="min-w-0 grow">
        {label}
        <span className="block text-sm text-text-2">{text}</span>
      </span>
      <input
        type="checkbox"
        role="switch"
        aria-checked={checked}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="relative h-6 w-10 shrink-0 cursor-pointer appearance-none rounded-full border border-transparent bg-text-3 transition-colors before:absolute before:top-0.5 before:left-0.5 before:size-[1.125rem] before:rounded-full before:bg-surface-1 before:transition-transform checked:bg-accent checked:before:translate-x-4 forced-colors:appearance-auto"
      />
    </label>
  );
}
