import { act, waitFor } from "@testing-library/react";
import { aFrame, anEvent, aVideo } from "@tests/factories";
import { makeClient, renderHookWithApp } from "@tests/render";
import { useLocation } from "react-router";
import { toast } from "sonner";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { queryKeys } from "@/api/queryKeys";
import { makeCaptions, makeCaptionsOfImport } from "@/api/transcription";
import { ApiError } from "@/lib/apiError";
import type { LibraryRows } from "@/lib/rows";
import { importProgressStore } from "@/stores/importProgressStore";
import { useMakeCaptions, useMakeCaptionsOfImport } from "./useTranscription";

vi.mock("@/api/transcription");
vi.mock("sonner", () => ({ toast: vi.fn() }));

const waiting = aVideo({
  captions_source: "none",
  captions_pending: true,
  captions_code: "transcription_budget",
});
const said = () => vi.mocked(toast).mock.calls;

beforeEach(() => {
  vi.resetAllMocks();
});

function open() {
  const client = makeClient();
  client.setQueryData<LibraryRows>(queryKeys.videos("list"), { items: [waiting], total: 1 });
  const view = renderHookWithApp(
    () => ({
      make: useMakeCaptions(),
      makeOfImport: useMakeCaptionsOfImport("i"),
      path: useLocation(),
    }),
    client,
  );
  return { ...view, row: () => client.getQueryData<LibraryRows>(queryKeys.videos("list"))?.items[0] };
}

describe("captions made by hand", () => {
  it("are under way at once, in the row and over what the stream said, without the old reason", async () => {
    importProgressStore.receive(
      aFrame(1, {
        videos: [
          anEvent({
            stage: "complete",
            progress: 100,
            captions_source: "none",
            captions_pending: true,
            captions_code: "transcription_budget",
          }),
        ],
      }),
    );
    importProgressStore.flush();
    let answer: (started: number) => void = () => {};
    vi.mocked(makeCaptions).mockReturnValue(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    const { result, row } = open();
    act(() => result.current.make.mutate([waiting]));
    const begun = { captions_pending: true, captions_code: "captions_none" };
    await waitFor(() => expect(row()).toMatchObject(begun));
    expect(importProgressStore.video(waiting.id)).toMatchObject(begun);
    await act(async () => answer(1));
    expect(said()).toEqual([["Captions are being made."]]);
  });

  it.each([
    ["transcription_off", "Captions from the sound are not set up."],
    ["transcription_key_invalid", "The key for captions from the sound is not accepted."],
    ["transcription_model_missing", "The model for captions from the sound is missing and can’t be loaded."],
  ] as const)("that are refused (%s) say why and lead to the settings", async (code, reason) => {
    vi.mocked(makeCaptions).mockRejectedValue(new ApiError(409, { code }));
    vi.mocked(makeCaptionsOfImport).mockRejectedValue(new ApiError(409, { code }));
    const { result, row } = open();
    act(() => result.current.make.mutate([waiting]));
    await waitFor(() => expect(said()).toHaveLength(1));
    expect(row()).toMatchObject({ captions_code: "transcription_budget" });
    act(() => result.current.makeOfImport.mutate());
    await waitFor(() => expect(said()).toHaveLength(2));
    for (const [words, options] of said()) {
      expect(words).toBe(`No captions are made. ${reason}`);
      expect(options).toMatchObject({ action: { label: "To the settings" } });
    }
    const action = said()[0]?.[1]?.action as unknown as { onClick: () => void };
    act(() => action.onClick());
    expect(result.current.path).toMatchObject({ pathname: "/settings", hash: "#sound" });
  });

  it("that are refused for another reason lead nowhere", async () => {
    vi.mocked(makeCaptions).mockRejectedValue(new ApiError(409, { code: "captions_already_there" }));
    const { result } = open();
    act(() => result.current.make.mutate([waiting]));
    await waitFor(() => expect(said()).toEqual([["No captions are made. This video has captions already."]]));
  });
});
