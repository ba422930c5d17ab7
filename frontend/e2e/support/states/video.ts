import { inMinutes } from "../fakeBackend";
import { library, mixed } from "../library";
import { fetching, heading, type State } from "./scene";

const nothingYet = { cues: [], chapters: [] };

/** The page of one video. */
export const videoStates: State[] = [
  {
    name: "video",
    path: "/videos/v5?t=90",
    show: ({ page }) => page.getByTestId("transcript").or(page.getByTestId("chapters")).first().waitFor(),
  },
  {
    name: "video-importing",
    path: "/videos/v1",
    backend: () => ({ videos: mixed(), ...nothingYet }),
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
    backend: () => ({ videos: mixed(), ...nothingYet }),
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
