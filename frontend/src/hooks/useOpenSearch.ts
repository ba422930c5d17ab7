import { useCallback } from "react";
import { useMatch, useNavigate } from "react-router";
import { keepTyping } from "@/lib/typeAhead";

/** The field of the search page. */
export const SEARCH_FIELD = "search-field";

/** To the search, with its field ready to be typed into. */
export function useOpenSearch(): () => void {
  const navigate = useNavigate();
  const isHere = useMatch("/search") !== null;
  return useCallback(() => {
    if (isHere) document.getElementById(SEARCH_FIELD)?.focus();
    else keepTyping();
    void navigate("/search");
  }, [navigate, isHere]);
}
