import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { previewImport } from "@/api/imports";
import { toApiError } from "@/lib/apiError";
import type { Drop } from "@/stores/importDropStore";
import type { ImportOptions } from "@/types/video";

/** Several choices in a row are one question. */
const SETTLED_MS = 250;

/**
 * What an import of a drop would do with these choices: asked again when they change, the question before
 * is called off, and its answer stays to be seen until the new one is here.
 */
export function usePreview(drop: Drop, options: ImportOptions) {
  const [asked, setAsked] = useState(() => JSON.stringify(options));
  // Of nothing there is nothing to ask.
  const wanted = options.groups?.length === 0 ? asked : JSON.stringify(options);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [wanted]);

  const query = useQuery({
    queryKey: ["preview", drop.id, asked],
    queryFn: ({ signal }) => previewImport(drop, JSON.parse(asked) as ImportOptions, signal),
    placeholderData: keepPreviousData,
    // The answer is about this moment, and up to 10,000 lines long: nothing to keep.
    gcTime: 0,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  return {
    preview: query.data,
    error: query.error && toApiError(query.error),
    busy: query.isFetching || asked !== wanted,
    again: () => void query.refetch(),
  };
}
