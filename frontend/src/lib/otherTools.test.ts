import { describe, expect, it } from "vitest";
import { bookmarklet, curlFile, curlText } from "./otherTools";
import { sharedText } from "./shared";

const origin = "https://video.example.org:8443";

describe("what other tools are given", () => {
  it("is a bookmark that hands over the page it is on, whatever is in its address, and nothing else", () => {
    const code = bookmarklet(origin).replace(/^javascript:/, "");
    const watch = "https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PL1&t=4s#a";
    const opened: unknown[][] = [];
    const run = new Function("open", "location", code);
    expect(run((...args: unknown[]) => opened.push(args), { href: watch })).toBeUndefined();
    expect(opened).toEqual([[`${origin}/share?url=${encodeURIComponent(watch)}`, "_blank", "noopener"]]);
    expect(sharedText(new URL(String(opened[0]?.[0])).searchParams)).toBe(watch);
    // Some browsers cut what a bookmark's address has beyond that.
    expect(bookmarklet(origin).length).toBeLessThan(200);
  });

  it("are commands that a shell takes as they are", () => {
    for (const command of [curlText(origin, "vt_x"), curlFile(origin, "vt_x")]) {
      expect(command).toContain(`${origin}/api/imports`);
      expect(command).toContain('"Authorization: Bearer vt_x"');
      expect(
        command
          .split("\n")
          .slice(0, -1)
          .every((line) => line.endsWith(" \\")),
      ).toBe(true);
    }
    const body = /-d '(.*)'$/.exec(curlText(origin, "vt_x"))?.[1] ?? "";
    expect(JSON.parse(body)).toEqual({ text: "https://youtu.be/dQw4w9WgXcQ" });
  });
});
