import { screen } from "@testing-library/react";
import { aVideo } from "@tests/factories";
import { renderWithApp } from "@tests/render";
import { expect, it } from "vitest";
import { progressOf } from "@/lib/progress";
import type { ErrorCode } from "@/types/errors";
import { Refused, saidReason } from "./Refused";
import { VideoHead } from "./VideoAbout";

const GONE = 100;

function show(error_code: ErrorCode | null, refusal = GONE) {
  const video = aVideo({ import_stage: error_code ? "error" : "complete", error_code });
  return renderWithApp(
    <>
      <Refused video={video} errorCode={error_code} refusal={refusal} withWords={false} startSeconds={0} />
      <VideoHead
        video={video}
        progress={progressOf(video)}
        onRetry={() => {}}
        reasonIsShown={saidReason(error_code) !== null}
      >
        {null}
      </VideoHead>
    </>,
  );
}
const place = () => screen.getByTestId("refused").textContent;

it.each([
  ["video_geo_blocked", "Not available in this country.", 1],
  ["video_members_only", "Only for members of the channel.", 1],
  ["video_paid", "This video has to be bought or rented.", 1],
  ["video_private", "This video is private.", 0],
  ["not_a_video", "There is no video at this address.", 0],
] as const)("says once why it does not play, and nothing of being deleted: %s", (code, reason, links) => {
  for (const refusal of [GONE, 150]) {
    const { unmount } = show(code, refusal);
    expect(place()).toContain(`YouTube does not play this video here${reason}`);
    expect(place()).not.toMatch(/deleted|other pages/);
    expect(screen.getAllByText(reason)).toHaveLength(1);
    expect(screen.queryAllByRole("link", { name: "Watch on YouTube" })).toHaveLength(links);
    expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
    unmount();
  }
});

it("says of a deleted video that it is no longer there", () => {
  show("video_deleted");
  expect(place()).toBe("YouTube does not show this video any moreThis video no longer exists.");
});

it("knows no more than the player where the import knows nothing", () => {
  show(null);
  expect(place()).toContain("It was deleted, or is private now.");
});
