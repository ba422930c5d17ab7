import { inMinutes } from "../fakeBackend";
import { library } from "../library";
import { failed, fetching, heading, type State } from "./scene";

const nothingYet = { cues: [], chapters: [] };

/** The page of one video. */
export const videoStates: State[] = [
  {
    name: "video",
    path: "/videos/v5?t=90",
    show: ({ page }) => page.getByTestId("transcript").or(page.getByTestId("chapters")).first().waitFor(),
  },
  {
    name: "video-found",
    path: "/videos/v5?t=97&q=captain%20fires",
    backend: () => {
      const kept = { tags: ["Leuchttürme", "to cite", "سفر"], position_seconds: 40 };
      const note = "Compare with the chapter on Pharos.\nThe quote about glass is at 1:36.";
      return { videos: library(30, (i) => (i === 5 ? kept : {})), notes: { v5: note } };
    },
    preferences: { captionsPlace: "over", captionsSize: "large" },
    show: async ({ page }) => {
      await page.locator("mark[data-match=current]").first().waitFor();
      await page.getByTestId("caption-line").getByText(/./).first().waitFor();
    },
  },
  {
    name: "video-captions",
    path: "/videos/v5",
    menu: true,
    backend: () => ({ videos: library(30, (i) => (i === 5 ? { position_seconds: 340 } : {})) }),
    preferences: { captionsPlace: "over" },
    show: async ({ page, words }) => {
      await page.getByRole("button", { name: words("video.captions"), exact: true }).click();
      await page.getByRole("menu").waitFor();
    },
  },
  {
    name: "video-refused",
    path: "/videos/v5?t=90",
    backend: () => ({ videos: library(30), playerError: 150 }),
    show: ({ page }) => page.getByTestId("refused").waitFor(),
  },
  {
    name: "video-importing",
    path: "/videos/v1",
    backend: () => ({ videos: library(30, (i) => (i === 1 ? fetching : {})), ...nothingYet }),
    show: heading,
  },
  {
    name: "video-no-captions",
    path: "/videos/v10",
    backend: () => ({ videos: library(30), cues: [] }),
    show: heading,
  },
  {
    name: "video-unavailable",
    path: "/videos/v2",
    backend: () => {
      const gone = { ...failed("video_private"), captions_source: null };
      return { videos: library(30, (i) => (i === 2 ? gone : {})), ...nothingYet };
    },
    show: heading,
  },
  {
    name: "video-waiting",
    path: "/videos/v0",
    backend: () => {
      const premiere = { ...fetching, error_code: "video_upcoming", waiting_until: inMinutes(9000) } as const;
      return { videos: library(8, (i) => (i === 0 ? premiere : {})), ...nothingYet };
    },
    show: heading,
  },
];
