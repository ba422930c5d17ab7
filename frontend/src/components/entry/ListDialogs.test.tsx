import { fireEvent, screen } from "@testing-library/react";
import { renderWithApp } from "@tests/render";
import { expect, it, vi } from "vitest";
import "@/lib/i18n/entry";
import { DeleteListDialog, ListNameDialog } from "./ListDialogs";

it("takes a name that nobody can see for none at all", () => {
  const onSubmit = vi.fn();
  renderWithApp(
    <ListNameDialog
      title="New list"
      submitLabel="Make"
      initialName=""
      onSubmit={onSubmit}
      onClose={() => {}}
    />,
  );
  const field = screen.getByRole("textbox");
  const submit = screen.getByRole<HTMLButtonElement>("button", { name: "Make" });
  for (const unseen of ["\u200B", "\u202E \u3164", "\uFE0F"]) {
    fireEvent.change(field, { target: { value: unseen } });
    expect(submit.disabled).toBe(true);
    fireEvent.submit(field);
  }
  expect(onSubmit).not.toHaveBeenCalled();
  fireEvent.change(field, { target: { value: " \u200BSummer " } });
  fireEvent.submit(field);
  expect(onSubmit).toHaveBeenCalledWith("\u200BSummer");
});

it.each([
  [0, null],
  [1, "It is shared with 1 person, who loses it too."],
  [3, "It is shared with 3 people, who lose it too."],
])("says who else loses a list that is deleted: shared with %i", (share_count, sentence) => {
  const list = { id: "l", name: "Talks", video_count: 2, share_count };
  renderWithApp(<DeleteListDialog list={list} onConfirm={() => {}} onClose={() => {}} />);
  const said = screen.getByText(/Its 2 videos are removed/).textContent;
  expect(said?.includes("shared")).toBe(sentence !== null);
  if (sentence) expect(said).toContain(sentence);
});
