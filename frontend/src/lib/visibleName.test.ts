import { expect, it } from "vitest";
import { isVisibleName } from "./visibleName";

it.each([
  "",
  " \t\n\u00A0",
  "\u200B",
  "\u2060",
  "\u202E",
  "\u3164 \u202E",
  "\u2800",
  "\uFE0F",
  "\u115F\u1160\uFFA0",
  "\uFEFF",
  "\u0301",
  "\u0085",
  "\u0000",
])("takes what nobody can see for no name: %j", (name) => {
  expect(isVisibleName(name)).toBe(false);
});

it.each(["a", "0", "?", "海", "\u200Ba", "e\u0301", "❤\uFE0F", "👩‍👧", "سفر"])(
  "takes whatever can be seen for a name: %j",
  (name) => {
    expect(isVisibleName(name)).toBe(true);
  },
);
