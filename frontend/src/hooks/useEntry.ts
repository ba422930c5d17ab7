import { createContext, useContext } from "react";

/** Takes links into the current list, from whatever part of the page has some. */
export interface Entry {
  addText: (text: string) => void;
}

export const EntryContext = createContext<Entry>({ addText: () => {} });

export const useEntry = () => useContext(EntryContext);
