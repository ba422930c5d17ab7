import { fireEvent, screen } from "@testing-library/react";
import { renderWithApp } from "@tests/render";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import "@/lib/i18n/search";
import { NO_SEARCH } from "@/lib/searchRequest";
import { useUiStore } from "@/stores/uiStore";
import type { SearchFilters } from "@/types/search";
import { NothingFound, OnlySomeWords } from "./NothingFound";

const server = setupServer(
  http.get("*/api/search", () =>
    HttpResponse.json({ results: [], next_cursor: null, total: 2, total_is_exact: true, is_relaxed: false }),
  ),
);
beforeAll(() => server.listen());
beforeEach(() => useUiStore.getState().close());
afterAll(() => server.close());

const VIDEO = "https://youtu.be/dQw4w9WgXcQ";
const PLAYLIST = "https://www.youtube.com/playlist?list=PLabcdefghijk";
const show = (query: string, filters: SearchFilters = {}) =>
  renderWithApp(<NothingFound request={{ ...NO_SEARCH, query, filters }} lists={[]} onChange={() => {}} />);

it.each([
  [VIDEO, "This video is not in your library yet", "Add this video"],
  [PLAYLIST, "This is a link to more than one video", "Add its videos"],
])("offers to add a link that finds nothing: %s", (link, title, action) => {
  show(` ${link} `);
  expect(screen.getByRole("heading", { name: title })).toBeTruthy();
  expect(screen.queryByText(/spelling/)).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: action }));
  expect(useUiStore.getState().dialog).toEqual({ kind: "add", text: link });
});

it("does not say of a link that it is not there while filters may hide it", async () => {
  show(VIDEO, { channel: "Harbour Light" });
  expect(screen.getByText("Choose other filters, or none.")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Add this video" })).toBeNull();
  expect(await screen.findByRole("button", { name: /2 videos/ })).toBeTruthy();
});

it("asks for the spelling of words", () => {
  show("lighthuose");
  expect(screen.getByText(/^Check the spelling/)).toBeTruthy();
});

it("offers to add a playlist whose address has words of some video", () => {
  const { unmount } = renderWithApp(<OnlySomeWords query={PLAYLIST} />);
  fireEvent.click(screen.getByRole("button", { name: "Add its videos" }));
  expect(useUiStore.getState().dialog).toEqual({ kind: "add", text: PLAYLIST });
  unmount();
  renderWithApp(<OnlySomeWords query="light of zeppelins" />);
  expect(screen.queryByRole("button")).toBeNull();
});
