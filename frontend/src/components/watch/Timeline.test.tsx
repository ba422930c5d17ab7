import { fireEvent, screen } from "@testing-library/react";
import { renderWithApp } from "@tests/render";
import { expect, it, vi } from "vitest";
import type { Player } from "@/hooks/usePlayer";
import { Timeline } from "./Timeline";

const chapters = [
  { start_seconds: 0, end_seconds: 60, title: "The dark coast" },
  { start_seconds: 60, end_seconds: 600, title: "Fires" },
];

function shown(now: number, found: number[] = []) {
  const moveTo = vi.fn();
  const time = { get: () => now, started: () => true, subscribe: () => () => {} };
  const player = { moveTo, time } as unknown as Player;
  renderWithApp(<Timeline player={player} chapters={chapters} durationSeconds={600} found={found} />);
  return { moveTo, slider: screen.getByRole("slider", { name: "Place in the video" }) };
}

it("says where one is in words, with the chapter", () => {
  const { slider } = shown(90);
  expect(slider.getAttribute("aria-valuetext")).toBe("1:30 of 10:00, Fires");
  expect(slider.getAttribute("aria-valuenow")).toBe("90");
  expect(slider.getAttribute("aria-valuemax")).toBe("600");
});

it.each([
  ["ArrowRight", 95],
  ["ArrowLeft", 85],
  ["PageUp", 150],
  ["PageDown", 0],
  ["Home", 0],
  ["End", 600],
])("%s goes to %i seconds", (key, seconds) => {
  const { moveTo, slider } = shown(90);
  fireEvent.keyDown(slider, { key });
  expect(moveTo).toHaveBeenCalledExactlyOnceWith(seconds);
});

it("leaves other keys, and keys with Shift, to the page", () => {
  const { moveTo, slider } = shown(90);
  for (const event of [{ key: "m" }, { key: "ArrowRight", shiftKey: true }]) {
    expect(fireEvent.keyDown(slider, event)).toBe(true);
  }
  expect(moveTo).not.toHaveBeenCalled();
});
