import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { makeClient, renderWithApp } from "@tests/render";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { queryKeys } from "@/api/queryKeys";
import { useImportDropStore } from "@/stores/importDropStore";
import KeptDropList from "./KeptDropList";

const requests: string[] = [];

beforeEach(() => {
  requests.length = 0;
  vi.stubGlobal("fetch", (request: Request) => {
    requests.push(`${request.method} ${new URL(request.url).pathname}`);
    return new Promise(() => {});
  });
});

function show(dropIn: string) {
  const store = useImportDropStore.getState();
  const id = store.begin(dropIn, "https://youtu.be/aaaaaaaaaa1 https://youtu.be/aaaaaaaaaa2");
  store.failed(id, "offline");
  const client = makeClient();
  client.setQueryData(queryKeys.lists, [
    { id: "a", name: "Watch later", video_count: 0 },
    { id: "b", name: "Talks", video_count: 0 },
  ]);
  const onRetry = vi.fn();
  renderWithApp(<KeptDropList listId="a" onRetry={onRetry} />, client);
  return onRetry;
}
const tryAgain = () => userEvent.click(screen.getByRole("button", { name: "Try again" }));

describe("what was not added", () => {
  it("says how many links, why, and goes into the list at hand", async () => {
    const onRetry = show("a");
    expect(screen.getByRole("listitem").textContent).toContain(
      "2 links were not added. Videothek can't be reached.",
    );
    await tryAgain();
    expect(onRetry).toHaveBeenCalledWith(
      expect.objectContaining({ text: expect.stringContaining("aaaaaaaaaa2") }),
    );
  });

  it("goes into the list it was meant for, also from another one", async () => {
    const onRetry = show("b");
    expect(screen.getByText("2 links were not added to “Talks”.")).toBeDefined();
    await tryAgain();
    await waitFor(() => expect(requests).toContain("POST /api/lists/b/videos/batch"));
    expect(onRetry).not.toHaveBeenCalled();
    expect(useImportDropStore.getState().drops).toMatchObject([{ listId: "b", state: "sending" }]);
  });

  it("is not lost with its list", async () => {
    const onRetry = show("deleted");
    await tryAgain();
    expect(onRetry).toHaveBeenCalledOnce();
  });

  it("can be thrown away", async () => {
    show("a");
    await userEvent.click(screen.getByRole("button", { name: "Discard" }));
    expect(useImportDropStore.getState().drops).toEqual([]);
  });
});
