import { act, waitFor } from "@testing-library/react";
import { aJob } from "@tests/factories";
import { renderHookWithApp } from "@tests/render";
import { expect, it, vi } from "vitest";
import { resumeImport } from "@/api/imports";
import { isOver } from "@/lib/importSummary";
import { useImportAction } from "./useImportActions";
import { useWantedImports } from "./useWantedImports";

vi.mock("@/api/imports");

it("a cancelled import that goes on is under way at once, not finished until the server has answered", async () => {
  vi.mocked(resumeImport).mockReturnValue(new Promise(() => {}));
  const { summary } = aJob();
  const jobs = [
    aJob({ state: "cancelled", summary: { ...summary, total: 40, imported: 8, waiting: 32, stopped: 32 } }),
  ];
  const { result } = renderHookWithApp(() => ({
    ask: useImportAction("import"),
    shown: useWantedImports(jobs)[0],
  }));
  act(() => result.current.ask({ kind: "resume", importId: "import" }));
  await waitFor(() => expect(result.current.shown?.state).toBe("running"));
  const { shown } = result.current;
  expect(shown && isOver(shown)).toBe(false);
});
