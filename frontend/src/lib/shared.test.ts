import { beforeEach, describe, expect, it } from "vitest";
import { keepShared, sharedText, takeShared } from "./shared";

const share = (query: Record<string, string>) =>
  history.replaceState(null, "", `/share?${new URLSearchParams(query)}`);
const LINK = "https://youtu.be/dQw4w9WgXcQ?si=abc";

beforeEach(() => history.replaceState(null, "", "/"));

describe("what a phone shares", () => {
  it("is put aside at once and its address cleared", () => {
    share({ title: "A film", text: LINK });
    keepShared();
    expect(location.pathname + location.search).toBe("/");
    expect(takeShared()).toBe(LINK);
  });

  it("is added once: a reload finds nothing more", () => {
    share({ text: LINK });
    keepShared();
    expect(takeShared()).toBe(LINK);
    keepShared();
    expect(takeShared()).toBeNull();
  });

  it("waits a day for somebody to sign in, not longer", () => {
    share({ text: LINK });
    keepShared(0);
    expect(takeShared(25 * 3600 * 1000)).toBeNull();
    expect(takeShared(0)).toBeNull();
  });

  it("is only taken from the address that is meant for it", () => {
    history.replaceState(null, "", `/lists/l1?text=${LINK}`);
    keepShared();
    expect(takeShared()).toBeNull();
  });

  it("is the links, without the title that apps put around them", () => {
    expect(sharedText(new URLSearchParams({ text: `Look at this: ${LINK}` }))).toBe(LINK);
    expect(sharedText(new URLSearchParams({ url: LINK, text: LINK }))).toBe(LINK);
    expect(sharedText(new URLSearchParams({ title: "dQw4w9WgXcQ", text: LINK }))).toBe(LINK);
  });

  it("is all of the text where no video is found in it: the server says why", () => {
    const playlist = "https://www.youtube.com/playlist?list=PL123";
    expect(sharedText(new URLSearchParams({ title: "Mine", text: playlist }))).toBe(playlist);
    expect(sharedText(new URLSearchParams({ title: "only a title" }))).toBe("only a title");
  });
});
