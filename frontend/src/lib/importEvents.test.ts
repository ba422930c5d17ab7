import { aJob } from "@tests/factories";
import { describe, expect, it } from "vitest";
import type { ImportJob } from "@/types/video";
import { importEvents, type SeenImports } from "./importEvents";

/** What is heard, look after look; at the first ones only the stream's imports may be known. */
function heard(...looks: ImportJob[][]): string[][] {
  return heardFrom(0, ...looks);
}

function heardFrom(firstWithAll: number, ...looks: ImportJob[][]): string[][] {
  let seen: SeenImports | null = null;
  return looks.map((jobs, look) => {
    const next = importEvents(seen, jobs, look >= firstWithAll);
    seen = next.seen;
    return next.events.map(({ kind, job }) => `${job.id} ${kind}`);
  });
}
const at = (hour: number) => `2026-01-01T${String(hour).padStart(2, "0")}:00:00Z`;
const running = aJob({ created_at: at(9) });
const finished = aJob({ created_at: at(9), state: "finished" });
const paused = aJob({ created_at: at(9), state: "paused" });
const cancelled = aJob({ created_at: at(9), state: "cancelled" });
const later = { ...running, summary: { ...running.summary, waiting: 2, later: 2 } };

describe("what happens to imports", () => {
  it("is nothing at the first look, whatever there is", () => {
    expect(heard([running, aJob({ id: "old", state: "finished" })])).toEqual([[]]);
  });

  it("is each change once", () => {
    expect(heard([running], [running], [paused], [running], [finished], [finished])).toEqual([
      [],
      [],
      ["import paused"],
      ["import resumed"],
      ["import finished"],
      [],
    ]);
  });

  it("is an end when only those are left that come at a time of their own, and none again after that", () => {
    expect(heard([running], [later], [finished])).toEqual([[], ["import finished"], []]);
  });

  it("is a start, or even an end, of what is newer than everything at the first look", () => {
    const fresh = aJob({ id: "new", created_at: at(10) });
    expect(heard([finished], [finished, fresh])).toEqual([[], ["new started"]]);
    expect(heard([finished], [{ ...fresh, state: "finished" }])).toEqual([[], ["new finished"]]);
    expect(heard([], [fresh])).toEqual([[], ["new started"]]);
  });

  it("is nothing of an older import that is only heard of later", () => {
    const old = aJob({ id: "old", created_at: at(1), state: "finished" });
    expect(heard([running], [running, old])).toEqual([[], []]);
  });

  it("is a cancellation, and going on after one", () => {
    expect(heard([running], [cancelled], [running], [finished])).toEqual([
      [],
      ["import cancelled"],
      ["import resumed"],
      ["import finished"],
    ]);
  });

  it("is an end before the list of imports was there, and nothing of what it tells of others", () => {
    const other = aJob({ id: "other", created_at: at(10), state: "finished" });
    expect(heardFrom(1, [running], [finished, other], [finished, other])).toEqual([
      [],
      ["import finished"],
      [],
    ]);
    expect(heardFrom(2, [running], [finished], [finished, other])).toEqual([[], ["import finished"], []]);
  });

  it("is an end that nobody heard while the connection was away", () => {
    expect(heard([running], [], [finished])).toEqual([[], [], ["import finished"]]);
  });
});
