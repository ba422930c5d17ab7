import { useQuery } from "@tanstack/react-query";
import { fetchTags } from "@/api/chosen";
import { queryKeys } from "@/api/queryKeys";

/** Every tag of the library. */
export function useTags() {
  return useQuery({
    queryKey: [...queryKeys.tags, "counted"],
    queryFn: ({ signal }) => fetchTags(signal),
    staleTime: 10_000,
  });
}
