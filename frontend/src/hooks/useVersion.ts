import { useQuery } from "@tanstack/react-query";
import { fetchVersion } from "@/api/about";

export function useVersion(): string | null {
  const { data } = useQuery({
    queryKey: ["version"],
    queryFn: ({ signal }) => fetchVersion(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? null;
}
