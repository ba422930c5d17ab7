import { createContext, useContext } from "react";

/** Whether what is shown may be edited: not in a list that somebody else shares to read. */
export const CanEditContext = createContext(true);

export const useCanEdit = (): boolean => useContext(CanEditContext);
