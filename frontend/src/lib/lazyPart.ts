import { type ComponentType, lazy } from "react";

type Module<P> = { default: ComponentType<P> };

/**
 * A component that comes later, and the way to fetch it ahead. What is there already is shown in the same
 * frame: React holds back what it had to wait for once, be it a moment, for 300 ms.
 */
export function lazyPart<P>(load: () => Promise<Module<P>>) {
  let loaded: Module<P> | null = null;
  const fetch = () =>
    load().then((part) => {
      loaded = part;
      return part;
    });
  const now = (part: Module<P>) =>
    // biome-ignore lint/suspicious/noThenProperty: React asks what it gets with `then`, and this one answers at once
    ({ then: (use: (part: Module<P>) => void) => use(part) }) as unknown as Promise<Module<P>>;
  return { Part: lazy(() => (loaded ? now(loaded) : fetch())), fetch };
}
