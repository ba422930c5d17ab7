import { act, waitFor } from "@testing-library/react";
import { makeClient, renderHookWithApp } from "@tests/render";
import { toast } from "sonner";
import { beforeEach, expect, it, vi } from "vitest";
import { retryFailed } from "@/api/imports";
import { queryKeys } from "@/api/queryKeys";
import "@/lib/i18n/imports";
import { useRetryGroup } from "./useImportActions";

vi.mock("@/api/imports");
vi.mock("sonner", () => ({ toast: vi.fn() }));

beforeEach(() => {
  vi.resetAllMocks();
});

it("a group is tried once, however quickly somebody clicks, and again only after the numbers are new", async () => {
  vi.mocked(retryFailed).mockResolvedValue(2);
  const client = makeClient();
  let read: () => void = () => {};
  const reading = new Promise<void>((resolve) => {
    read = resolve;
  });
  const invalidated = vi.spyOn(client, "invalidateQueries").mockReturnValue(reading);
  const { result } = renderHookWithApp(() => useRetryGroup("i"), client);
  act(() => {
    result.current.retry("unavailable");
    result.current.retry("unavailable");
  });
  await waitFor(() => expect(invalidated).toHaveBeenCalledWith({ queryKey: queryKeys.import("i") }));
  expect(result.current.isPending).toBe(true);
  act(() => result.current.retry("unavailable"));
  expect(retryFailed).toHaveBeenCalledOnce();
  expect(toast).toHaveBeenCalledExactlyOnceWith("2 videos are tried again.");

  await act(async () => read());
  await waitFor(() => expect(result.current.isPending).toBe(false));
  act(() => result.current.retry("unavailable"));
  await waitFor(() => expect(retryFailed).toHaveBeenCalledTimes(2));
});
