import { expect, it } from "vitest";
import { positionToKeep } from "./position";

it.each([
  [3, 600, null],
  [62.34, 600, 62.3],
  [579, 600, 579],
  // The last 3 % of a long one, the last ten seconds of a short one.
  [582, 600, null],
  [48, 60, 48],
  [51, 60, null],
  [3600, null, 3600],
])("at %s of %s seconds %s is kept", (seconds, duration, kept) => {
  expect(positionToKeep(seconds, duration)).toBe(kept);
});
