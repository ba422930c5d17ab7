import { expect, it } from "vitest";
import { speedBeside, speedName } from "./speeds";

it("speeds go step by step, and stay at their ends", () => {
  expect(speedBeside(1, 1)).toBe(1.25);
  expect(speedBeside(1, -1)).toBe(0.75);
  expect(speedBeside(2, 1)).toBe(2);
  expect(speedBeside(0.5, -1)).toBe(0.5);
  expect(speedName(1.5, "de")).toBe("1,5×");
});
