import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ProgressOverlay } from "./ProgressOverlay";

const bar = () => screen.getByRole("progressbar", { name: "Import of Rain" });
const arc = () => screen.queryByTestId("progress-arc");
const show = (props: Partial<Parameters<typeof ProgressOverlay>[0]> = {}) =>
  render(<ProgressOverlay progress={25} label="Import of Rain" {...props} />);

function filled(): number {
  const length = Number(arc()?.getAttribute("stroke-dasharray"));
  return 1 - Number(arc()?.getAttribute("stroke-dashoffset")) / length;
}

describe("the pie of an importing tile", () => {
  it("says its percentage to eyes, and to ears what is being done as well", () => {
    show({ progress: 60, valueText: "Reading chapters, 60 percent" });
    expect(bar().getAttribute("aria-valuenow")).toBe("60");
    expect(bar().getAttribute("aria-valuemin")).toBe("0");
    expect(bar().getAttribute("aria-valuemax")).toBe("100");
    expect(bar().getAttribute("aria-valuetext")).toBe("Reading chapters, 60 percent");
    expect(bar().textContent).toBe("60%");
    expect(bar().querySelector("span")?.getAttribute("aria-hidden")).toBe("true");
  });

  it("is an empty ring at the start, without a dot at twelve o'clock", () => {
    show({ progress: 0 });
    expect(arc()).toBeNull();
    expect(bar().textContent).toBe("0%");
  });

  it.each([25, 60, 90, 100])("fills %i percent of its ring", (progress) => {
    show({ progress });
    expect(filled()).toBeCloseTo(progress / 100);
  });

  it("closes its ring at the end, without a round bump where it meets itself", () => {
    show({ progress: 100 });
    expect(arc()?.getAttribute("stroke-linecap")).toBe("butt");
  });

  it("starts at twelve o'clock and runs clockwise", () => {
    show();
    expect(arc()?.getAttribute("transform")).toBe("rotate(-90 36 36)");
  });

  it.each(["clock", "pause"] as const)("shows a %s in place of the number, and keeps its ring", (mark) => {
    show({ mark });
    expect(bar().textContent).toBe("");
    expect(bar().dataset.mark).toBe(mark);
    expect(bar().querySelector("path")).not.toBeNull();
    expect(filled()).toBeCloseTo(0.25);
  });

  it("leaves the number to the words beside it where the picture is small", () => {
    show({ small: true });
    expect(bar().textContent).toBe("");
    expect(filled()).toBeCloseTo(0.25);
  });

  it("stays within 0 and 100 whatever it is told", () => {
    const { rerender } = show({ progress: 140 });
    expect(bar().getAttribute("aria-valuenow")).toBe("100");
    rerender(<ProgressOverlay progress={-5} label="Import of Rain" />);
    expect(bar().getAttribute("aria-valuenow")).toBe("0");
  });

  it("is legible on a white picture: a veil over it all, and a dark disc behind the number", () => {
    show();
    expect(bar().className).toContain("veil");
    const disc = bar().querySelector("circle");
    expect([disc?.getAttribute("fill"), disc?.getAttribute("fill-opacity")]).toEqual(["#141311", "0.5"]);
  });

  it("has no transition on the ring: 200 events a second would restart it all the time", () => {
    show();
    expect(arc()?.getAttribute("class") ?? "").not.toContain("transition");
  });

  it("fades when it leaves, but not for somebody who asked for stillness", () => {
    show({ leaving: true });
    expect(bar().className).toContain("opacity-0");
    expect(bar().className).toContain("motion-reduce:transition-none");
  });
});
