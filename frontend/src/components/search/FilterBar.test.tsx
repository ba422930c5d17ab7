import { fireEvent, screen } from "@testing-library/react";
import { useState } from "react";
import { expect, it } from "vitest";
import "@/lib/i18n/search";
import { renderWithApp } from "@tests/render";
import { NO_SEARCH } from "@/lib/searchRequest";
import type { SearchChoices, SearchFilters, SearchRequest } from "@/types/search";
import { FilterBar } from "./FilterBar";

function show(filters: SearchFilters, tagCount: number) {
  const tags = Array.from({ length: tagCount }, (_, i) => ({ value: `tag${i}`, video_count: 1 }));
  const choices: SearchChoices = { channels: [], languages: [], captions_sources: [], tags };
  let latest: SearchRequest = { ...NO_SEARCH, filters };
  const Bar = () => {
    const [request, setRequest] = useState(latest);
    latest = request;
    return <FilterBar request={request} lists={[]} choices={choices} onChange={setRequest} />;
  };
  renderWithApp(<Bar />);
  return () => latest.filters;
}
const open = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));
const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });

it("takes a tag that is not among the most frequent ones as it is typed", () => {
  const filters = show({}, 200);
  open("Tag");
  type("Find in this list", "tag199");
  expect(screen.queryByRole("button", { name: /^Use/ })).toBeNull();
  type("Find in this list", " tag2431 ");
  expect(screen.queryByText("Nothing like that.")).toBeNull();
  open("Use “tag2431”");
  expect(filters()).toEqual({ tag: "tag2431" });
});

it("knows that there is no other tag where all of them are named", () => {
  show({}, 199);
  open("Tag");
  type("Find in this list", "tag2431");
  expect(screen.getByText("Nothing like that.")).toBeTruthy();
  expect(screen.queryByRole("button", { name: /^Use/ })).toBeNull();
});

it("takes days in any order, and puts them right when nobody types in them any more", () => {
  const filters = show({ published_before: "2025-06-01" }, 0);
  const days = () => ["From", "To"].map((label) => screen.getByLabelText<HTMLInputElement>(label).value);
  open(/^Published/);
  type("From", "2025-12-01");
  expect(filters()).toEqual({ published_after: "2025-06-01", published_before: "2025-12-01" });
  expect(days()).toEqual(["2025-12-01", "2025-06-01"]);
  fireEvent.blur(screen.getByLabelText("From"), { relatedTarget: screen.getByLabelText("To") });
  expect(days()).toEqual(["2025-12-01", "2025-06-01"]);
  fireEvent.blur(screen.getByLabelText("To"));
  expect(days()).toEqual(["2025-06-01", "2025-12-01"]);
});
