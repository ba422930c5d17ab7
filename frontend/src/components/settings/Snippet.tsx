import { useId } from "react";
import { CopyButton } from "./CopyButton";

interface Props {
  label: string;
  text: string;
  copyLabel: string;
  /** One long word, like an address: it breaks anywhere rather than run out of sight. */
  oneWord?: boolean;
}

const ROWS_OF_ONE_WORD = 3;

/** Something to copy, in the letters of a terminal: a field, so that the keyboard reaches, scrolls and selects it. */
export function Snippet({ label, text, copyLabel, oneWord = false }: Props) {
  const id = useId();
  return (
    <div className="w-full">
      <label htmlFor={id} className="block pb-1.5 text-sm text-text-2">
        {label}
      </label>
      <textarea
        id={id}
        readOnly
        value={text}
        wrap={oneWord ? "soft" : "off"}
        rows={oneWord ? ROWS_OF_ONE_WORD : text.split("\n").length}
        spellCheck={false}
        onFocus={(event) => event.target.select()}
        className={`block field-sizing-content w-full resize-none overflow-x-auto rounded-lg bg-surface-2 px-3 py-2.5 font-mono text-[0.8125rem] leading-relaxed ${
          oneWord ? "break-all" : ""
        }`}
      />
      <CopyButton text={text} label={copyLabel} className="mt-2" />
    </div>
  );
}
