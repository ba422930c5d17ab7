import { Download } from "lucide-react";

export interface FormatChoice<Format extends string> {
  format: Format;
  name: string;
  /** What it is good for. */
  text: string;
  /** For those who hear the button and not the list around it. */
  label: string;
}

interface Props<Format extends string> {
  choices: readonly FormatChoice<Format>[];
  testId: string;
  /** Makes the ids of the descriptions. */
  prefix: string;
  isPending: boolean;
  /** The one that is being prepared. */
  pending: Format | undefined;
  preparing: string;
  onChoose: (format: Format) => void;
}

/** The kinds of files something can become, each with what it is good for; one is prepared at a time. */
export function FormatChoices<Format extends string>({
  choices,
  testId,
  prefix,
  isPending,
  pending,
  preparing,
  onChoose,
}: Props<Format>) {
  return (
    <ul className="-mx-3 grid" data-testid={testId}>
      {choices.map(({ format, name, text, label }) => {
        const mine = isPending && pending === format;
        return (
          <li key={format}>
            <button
              type="button"
              aria-label={label}
              aria-describedby={`${prefix}-${format}`}
              aria-disabled={isPending}
              onClick={() => !isPending && onChoose(format)}
              className="flex w-full items-center gap-3 rounded-lg border border-transparent px-3 py-2 text-left hover:bg-surface-2 aria-disabled:cursor-default"
            >
              <span className="min-w-0 grow">
                {name}
                <span id={`${prefix}-${format}`} className="block text-sm text-text-2">
                  {mine ? preparing : text}
                </span>
              </span>
              <Download
                size={17}
                aria-hidden
                className={`shrink-0 ${mine ? "text-accent" : "text-text-3"}`}
              />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
