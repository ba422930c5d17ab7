import { Suspense } from "react";
import { lazyPart } from "@/lib/lazyPart";
import { type Drop, useImportDropStore } from "@/stores/importDropStore";

const KeptDropList = lazyPart(() => import("./entry/KeptDropList"));

/** What was dropped and not taken. Rare, so that its parts come when there is some. */
export function KeptDrops({ listId, onRetry }: { listId: string; onRetry: (drop: Drop) => void }) {
  const some = useImportDropStore((state) => state.drops.some((drop) => drop.state === "failed"));
  if (!some) return null;
  return (
    <Suspense fallback={null}>
      <KeptDropList listId={listId} onRetry={onRetry} />
    </Suspense>
  );
}
