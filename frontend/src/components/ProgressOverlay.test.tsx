import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ProgressOverlay } from "./ProgressOverlay";

const bar = () => screen.getByRole("progressbar", { name: "Importing" });
const arc = () => screen.queryByTestId("progress-arc");

function filled(): number {
  const length = Number(arc()?.getAttribute("stroke-dasharray"));
  return 1 - Number(arc()?.getAttribute("stroke-dashoffset")) / length;
}

describe("the pie of an importing tile", () => {
  it("says its percentage to ears and eyes", () => {
    render(<ProgressOverlay progress={60} label="Importing" />);
    expect(bar().getAttribute("aria-valuenow")).toBe("60");
    expect(bar().textContent).toBe("60%");
  });

  it("is an empty ring at the start, without a dot at twelve o'clock", () => {
    render(<ProgressOverlay progress={0} label="Importing" />);
    expect(arc()).toBeNull();
    expect(bar().textContent).toBe("0%");
  });

  it.each([25, 60, 90, 100])("fills %i percent of its ring", (progress) => {
    render(<ProgressOverlay progress={progress} label="Importing" />);
    expect(filled()).toBeCloseTo(progress / 100);
  });

  it("starts at twelve o'clock and runs clockwise", () => {
    render(<ProgressOverlay progress={25} label="Importing" />);
    expect(arc()?.closest("svg")?.getAttribute("class")).toContain("-rotate-90");
  });

  it("shows a clock in place of the number while nothing moves, and keeps its ring", () => {
    render(<ProgressOverlay progress={25} waiting label="Importing" />);
    expect(bar().textContent).toBe("");
    expect(bar().querySelector(".lucide-clock")).not.toBeNull();
    expect(filled()).toBeCloseTo(0.25);
  });

  it("stays within 0 and 100 whatever it is told", () => {
    const { rerender } = render(<ProgressOverlay progress={140} label="Importing" />);
    expect(bar().getAttribute("aria-valuenow")).toBe("100");
    rerender(<ProgressOverlay progress={-5} label="Importing" />);
    expect(bar().getAttribute("aria-valuenow")).toBe("0");
  });

  it("has no transition on the ring: 200 events a second would restart it all the time", () => {
    render(<ProgressOverlay progress={25} label="Importing" />);
    expect(arc()?.getAttribute("class") ?? "").not.toContain("transition");
  });
});
