import { fireEvent, screen } from "@testing-library/react";
import { renderWithApp } from "@tests/render";
import { expect, it, vi } from "vitest";
import "@/lib/i18n/entry";
import { ListNameDialog } from "./ListDialogs";

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
