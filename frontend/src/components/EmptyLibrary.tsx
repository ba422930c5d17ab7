import { Suspense } from "react";
import { useLists } from "@/hooks/useLists";
import { lazyPart } from "@/lib/lazyPart";

const FirstUse = lazyPart(() => import("./entry/FirstUse"));
const EmptyList = lazyPart(() => import("./entry/EmptyList"));

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
