import { describe, expect, it } from "vitest";
import { follow } from "./follow";

const following = { following: true };
const reading = { following: false };

describe("keeping the current line in view", () => {
  it("stops when somebody scrolls away from it", () => {
    expect(follow(following, { type: "reader-scrolled", currentLineVisible: false })).toEqual(reading);
  });

  it("goes on when they come back to it", () => {
    expect(follow(reading, { type: "reader-scrolled", currentLineVisible: true })).toEqual(following);
  });

  it("is not disturbed by scrolling that keeps the line in view", () => {
    expect(follow(following, { type: "reader-scrolled", currentLineVisible: true })).toBe(following);
  });

  it("goes on when asked to, and after a jump", () => {
    expect(follow(reading, { type: "asked-to-follow" })).toEqual(following);
    expect(follow(reading, { type: "sought" })).toEqual(following);
  });
});
