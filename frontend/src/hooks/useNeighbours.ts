import { useQuery } from "@tanstack/react-query";
import { queryKeys } from "@/api/queryKeys";
import { fetchNeighbours } from "@/api/watch";

/** The videos beside one in its list. */
export function useNeighbours(videoId: string) {
  return useQuery({
    queryKey: queryKeys.neighbours(videoId),
    queryFn: ({ signal }) => fetchNeighbours(videoId, signal),
  });
}
