/**
 * What is selected in the grid. Outside of React's state: choosing one of a thousand tiles renders that tile
 * and the bar, not the others. Tiles ask for themselves, by video id.
 */
type Listener = () => void;

const NONE: ReadonlySet<string> = new Set();

export class SelectionStore {
  private chosen: ReadonlySet<string> = NONE;
  private choosing = false;
  /** Where a range begins, and what the last one took in: the next one from there replaces it. */
  private anchor: string | null = null;
  private lastRange: readonly string[] = [];
  private listeners = new Set<Listener>();

  subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  has(id: string): boolean {
    return this.chosen.has(id);
  }

  /** The same set until something changes. */
  ids = (): ReadonlySet<string> => this.chosen;

  /** Somebody is selecting, perhaps nothing yet. */
  isOn = (): boolean => this.choosing;

  /** Shows the boxes before anything is chosen. */
  begin(): void {
    this.set(this.chosen, true);
  }

  toggle(id: string): void {
    this.anchor = id;
    this.lastRange = [];
    const next = new Set(this.chosen);
    if (!next.delete(id)) next.add(id);
    // The last box taken out ends it, as it began with the first.
    this.set(next, next.size > 0);
  }

  /** From where the selection began to here, in the order of the grid. */
  extendTo(id: string, order: readonly string[], from?: string): void {
    this.anchor ??= from ?? id;
    const start = order.indexOf(this.anchor);
    const end = order.indexOf(id);
    if (end < 0) return;
    const range = start < 0 ? [id] : order.slice(Math.min(start, end), Math.max(start, end) + 1);
    const next = new Set(this.chosen);
    for (const old of this.lastRange) next.delete(old);
    for (const one of range) next.add(one);
    this.lastRange = range;
    this.set(next, true);
  }

  choose(ids: readonly string[]): void {
    this.lastRange = [];
    this.set(new Set(ids), true);
  }

  clear(): void {
    this.anchor = null;
    this.lastRange = [];
    if (this.choosing || this.chosen.size > 0) this.set(NONE, false);
  }

  /** Rows that are gone can't be meant by "remove" any more. */
  keepOnly(there: ReadonlySet<string>): void {
    if (this.chosen.size === 0) return;
    const kept = [...this.chosen].filter((id) => there.has(id));
    if (kept.length < this.chosen.size) this.set(new Set(kept), kept.length > 0);
  }

  private set(chosen: ReadonlySet<string>, choosing: boolean): void {
    this.chosen = chosen;
    this.choosing = choosing;
    for (const listener of this.listeners) listener();
  }
}

/** One grid at a time has a selection. */
export const selectionStore = new SelectionStore();
