import { lazy, Suspense } from "react";
import { useLists } from "@/hooks/useLists";

const FirstUse = lazy(() => import("./entry/FirstUse"));
const EmptyList = lazy(() => import("./entry/EmptyList"));

/** The first page teaches. Somebody who has a library already knows. */
export function EmptyLibrary({ onAdd }: { onAdd: () => void }) {
  const { data: lists } = useLists();
  const firstUse = !lists?.some((list) => list.video_count > 0);
  return (
    <Suspense fallback={<div className="min-h-[60vh]" />}>
      {firstUse ? <FirstUse onAdd={onAdd} /> : <EmptyList onAdd={onAdd} />}
    </Suspense>
  );
}
