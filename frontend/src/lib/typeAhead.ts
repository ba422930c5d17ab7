/** Longer than any page takes to be drawn. */
const LONGEST_MS = 2000;

let typed = "";
let end = () => {};

/** From now on letters are kept for a field that is about to come: whoever types fast loses none. */
export function keepTyping(): void {
  end();
  typed = "";
  const keep = (event: KeyboardEvent) => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    typed += event.key;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("keydown", keep, true);
  const timer = setTimeout(() => end(), LONGEST_MS);
  end = () => {
    clearTimeout(timer);
    document.removeEventListener("keydown", keep, true);
  };
}

/** The field is there: what was typed meanwhile is its own. */
export function takeTyped(): string {
  end();
  const taken = typed;
  typed = "";
  return taken;
}
