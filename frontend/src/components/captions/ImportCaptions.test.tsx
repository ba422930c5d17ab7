import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { aJob, aVideo } from "@tests/factories";
import { makeClient, renderWithApp } from "@tests/render";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { queryKeys } from "@/api/queryKeys";
import { makeCaptionsOfImport } from "@/api/transcription";
import type { LibraryRows } from "@/lib/rows";
import type { TranscriptionStatus } from "@/types/transcription";
import type { Video } from "@/types/video";
import { ImportCaptions } from "./ImportCaptions";

vi.mock("@/api/transcription");
vi.mock("sonner", () => ({ toast: vi.fn() }));

const estimate = (videos: number, minutes: number) => ({
  videos,
  minutes,
  cost: (minutes / 60) * 0.04,
  currency: "USD",
  is_rough: false,
});
const status: TranscriptionStatus = {
  provider: "groq",
  model: "whisper-large-v3-turbo",
  problem_code: null,
  price_per_hour: 0.04,
  currency: "USD",
  max_minutes: 90,
  day: { cap_minutes: 5, used_minutes: 4.53, resets_at: "2026-01-02T00:00:00Z" },
  month: { cap_minutes: null, used_minutes: 4.53, resets_at: "2026-02-01T00:00:00Z" },
  cost_this_month: 0.003,
  waiting: estimate(4, 20),
};

/** Four of 5 minutes each wait for the budget; others have none, and get none by themselves. */
function show(others: number, rows: Video[] = [], changes: Partial<TranscriptionStatus> = {}) {
  const job = aJob({
    state: "finished",
    summary: {
      ...aJob().summary,
      without_captions: 4 + others,
      transcription: { made: estimate(0, 0), pending: estimate(4, 20), over_budget: 4, resumes_at: null },
    },
  });
  const client = makeClient();
  client.setQueryDefaults(queryKeys.transcription, { staleTime: Number.POSITIVE_INFINITY });
  client.setQueryData(queryKeys.transcription, { ...status, ...changes });
  client.setQueryData<LibraryRows>(queryKeys.videos("list"), { items: rows, total: rows.length });
  return renderWithApp(<ImportCaptions job={job} />, client);
}

async function ask(name: string) {
  await userEvent.click(screen.getByRole("button", { name }));
  expect(makeCaptionsOfImport).not.toHaveBeenCalled();
  return within(await screen.findByRole("dialog"));
}

const without = (name: string, duration_seconds: number) =>
  aVideo({
    youtube_id: name,
    import_id: "import",
    duration_seconds,
    captions_source: "none",
    captions_code: "captions_none",
  });

beforeEach(() => {
  vi.resetAllMocks();
  vi.mocked(makeCaptionsOfImport).mockResolvedValue(4);
});

describe("captions for what an import brought", () => {
  it("are asked for with what they take, and only then begun", async () => {
    show(0);
    const dialog = await ask("Make captions now");
    expect(dialog.getByText("Make captions for 4 videos?")).toBeTruthy();
    expect(dialog.getByText(/takes about 20 minutes of sound, about \$0\.01 in all/)).toBeTruthy();
    expect(dialog.queryByText(/too long/)).toBeNull();
    await userEvent.click(dialog.getByRole("button", { name: "Make captions" }));
    expect(makeCaptionsOfImport).toHaveBeenCalledExactlyOnceWith("import");
  });

  it("are not begun by somebody who thinks better of it", async () => {
    show(0);
    const dialog = await ask("Make captions now");
    await userEvent.click(dialog.getByRole("button", { name: "Cancel" }));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(makeCaptionsOfImport).not.toHaveBeenCalled();
  });

  it("say what is not known of the others, and what an hour costs", async () => {
    show(1);
    const dialog = await ask("Make captions for 5 videos");
    expect(
      dialog.getByText(/4 of them take about 20 minutes of sound, .*the others come on top/),
    ).toBeTruthy();
    expect(dialog.getByText("An hour of sound costs $0.04.")).toBeTruthy();
    expect(dialog.getByText(/too long for captions by themselves are included/)).toBeTruthy();
  });

  it("are reckoned of all where their rows are at hand, long ones too", async () => {
    const rows = [..."abcd"].map((name) => without(name, 300));
    show(1, [...rows, without("long", 6000), aVideo({ youtube_id: "with", import_id: "import" })]);
    const dialog = await ask("Make captions for 5 videos");
    expect(dialog.getByText(/takes about 2 hours of sound, about \$0\.08 in all/)).toBeTruthy();
    expect(dialog.getByText(/too long for captions by themselves are included/)).toBeTruthy();
  });

  it("lead to the settings where only those help", async () => {
    show(1, [], { problem_code: "transcription_key_invalid" });
    const dialog = await ask("Make captions for 5 videos");
    expect(dialog.getByText("The key for captions from the sound is not accepted.")).toBeTruthy();
    expect(dialog.getByRole("link", { name: "To the settings" }).getAttribute("href")).toBe(
      "/settings#sound",
    );
    expect(dialog.queryByRole("button", { name: "Make captions" })).toBeNull();
  });
});
