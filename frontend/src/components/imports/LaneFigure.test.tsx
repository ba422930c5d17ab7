import { render, screen } from "@testing-library/react";
import { aLane } from "@tests/factories";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { i18n } from "@/lib/i18n";
import "@/lib/i18n/imports";
import type { LaneHistory } from "@/types/progress";
import { LaneFigure } from "./LaneFigure";

const start = new Date(2026, 10, 22, 13).getTime();
const at = (minute: number) => new Date(start + minute * 60_000).toISOString();
const busy: LaneHistory = {
  name: "timedtext",
  from_at: at(0),
  to_at: at(60),
  minutes: [
    { at: at(1), requests: 310, throttled: 0, failed: 0, rate_per_minute: 400 },
    { at: at(2), requests: 2, throttled: 2, failed: 1, rate_per_minute: 200 },
  ],
  pauses: [{ from_at: at(3), until_at: at(5), reason_code: "upstream_throttled" }],
};
const idle: LaneHistory = { ...busy, minutes: [], pauses: [] };

beforeEach(() => i18n.changeLanguage("de"));

describe("a lane's figure", () => {
  it("says in a sentence what its picture shows, and never the lane's own name", () => {
    render(<LaneFigure name="timedtext" history={busy} lane={aLane({ name: "timedtext", waiting: 3 })} />);
    const figure = screen.getByRole("figure");
    expect(figure.textContent).toContain(
      "In der letzten Stunde 312 Anfragen, 2-mal um Geduld gebeten, 1 ohne Antwort, 2 Minuten Pause.",
    );
    expect(screen.getByRole("heading", { name: "Untertitel" })).toBeTruthy();
    expect(figure.textContent).toContain("Im normalen Tempo");
    expect(figure.textContent).not.toContain("3 warten");
    expect(figure.textContent).not.toContain("timedtext");
  });

  it("says how many wait while the lane pauses", () => {
    const lane = aLane({ name: "timedtext", state: "paused", reason_code: "upstream_throttled", waiting: 3 });
    render(<LaneFigure name="timedtext" history={busy} lane={lane} />);
    expect(screen.getByRole("figure").textContent).toContain("3 warten");
  });

  it("draws bars, the allowed rate, a mark and the pause", () => {
    const { container } = render(<LaneFigure name="timedtext" history={busy} lane={undefined} />);
    expect(container.querySelectorAll("path")).toHaveLength(2);
    expect(container.querySelectorAll("circle")).toHaveLength(1);
    expect(container.querySelectorAll("rect.fill-warn")).toHaveLength(1);
    expect(container.innerHTML).not.toMatch(/NaN|undefined/);
  });

  it("of a lane that had nothing to do is a sentence without an empty picture", () => {
    const { container } = render(<LaneFigure name="thumbnail" history={idle} lane={undefined} />);
    expect(screen.getByRole("figure").textContent).toBe("BilderIn der letzten Stunde keine Anfragen.");
    expect(container.querySelector("svg")).toBeNull();
  });

  it("says until when it pauses, and when that is not known", () => {
    vi.useFakeTimers({ now: start + 3_600_000, toFake: ["Date"] });
    const paused = aLane({ state: "paused", resumes_at: at(80) });
    const { rerender } = render(<LaneFigure name="player" history={busy} lane={paused} />);
    expect(screen.getByText(/Pausiert bis 14:20/)).toBeTruthy();
    rerender(<LaneFigure name="player" history={busy} lane={aLane({ state: "paused" })} />);
    expect(screen.getByText("Pausiert")).toBeTruthy();
    vi.useRealTimers();
  });
});
