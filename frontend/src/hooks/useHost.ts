import { useEffect, useState } from "react";
import { fetchHost } from "@/api/account";
import { toApiError } from "@/lib/apiError";
import type { RequestErrorCode } from "@/types/errors";

/** Who invites with this code, or why nobody does any more. */
export function useHost(code: string): { host: string | null; refused: RequestErrorCode | null } {
  const [host, setHost] = useState<string | null>(null);
  const [refused, setRefused] = useState<RequestErrorCode | null>(null);
  useEffect(() => {
    let isHere = true;
    fetchHost(code).then(
      (name) => isHere && setHost(name),
      (cause: unknown) => isHere && setRefused(toApiError(cause).code),
    );
    return () => {
      isHere = false;
    };
  }, [code]);
  return { host, refused };
}
