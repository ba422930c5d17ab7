import { act, waitFor } from "@testing-library/react";
import { renderHookWithApp } from "@tests/render";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { NO_SEARCH } from "@/lib/searchRequest";
import { useChangeSavedSearch, useSavedSearches } from "./useSavedSearches";

const wire = {
  id: "s1",
  name: "Fires",
  query: "fire",
  filters: { list_id: "l1", tag: null },
  sort: "relevance",
  created_at: "2026-01-01T00:00:00Z",
};
const server = setupServer(http.get("*/api/saved-searches", () => HttpResponse.json([wire])));
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const names = (saved: readonly { name: string }[]) => saved.map(({ name }) => name);

async function start() {
  const rendered = renderHookWithApp(() => ({ saved: useSavedSearches(), change: useChangeSavedSearch() }));
  await waitFor(() => expect(rendered.result.current.saved).toHaveLength(1));
  return rendered.result;
}

describe("saved searches", () => {
  it("come without what does not matter", async () => {
    const result = await start();
    expect(result.current.saved[0]?.filters).toEqual({ list_id: "l1" });
  });

  it("are there before the server agrees, and gone again if it does not", async () => {
    const result = await start();
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    server.use(
      http.post("*/api/saved-searches", async () => {
        await asked;
        return HttpResponse.json({ code: "internal", message: "" }, { status: 500 });
      }),
    );
    const request = { ...NO_SEARCH, query: "sea" };
    act(() => result.current.change({ kind: "save", name: "Sea", request }));
    await waitFor(() => expect(names(result.current.saved)).toEqual(["Fires", "Sea"]));
    answer();
    await waitFor(() => expect(names(result.current.saved)).toEqual(["Fires"]));
  });

  it("that another tab has removed are removed", async () => {
    const result = await start();
    server.use(
      http.delete("*/api/saved-searches/s1", () =>
        HttpResponse.json({ code: "not_found", message: "" }, { status: 404 }),
      ),
      http.get("*/api/saved-searches", () => HttpResponse.json([])),
    );
    const [saved] = result.current.saved;
    if (saved) act(() => result.current.change({ kind: "forget", saved }));
    await waitFor(() => expect(result.current.saved).toEqual([]));
  });
});
