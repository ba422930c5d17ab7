import { fireEvent, screen } from "@testing-library/react";
import { renderWithApp } from "@tests/render";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { InviteDialog } from "./InviteDialog";

let made = 0;
let refused = false;
const server = setupServer(
  http.post("*/api/users/invitations", () => {
    made += 1;
    if (refused) return HttpResponse.json({ code: "internal", message: "" }, { status: 500 });
    const [created_at, expires_at] = ["2026-01-01T00:00:00Z", "2026-01-08T00:00:00Z"];
    return HttpResponse.json({ id: `i${made}`, note: "", code: `code-${made}`, created_at, expires_at });
  }),
);
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
beforeEach(() => {
  made = 0;
  refused = false;
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const button = () => screen.getByRole("button", { name: "Make an invitation" });
const link = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Invitation link" });

it("a double click makes one invitation, and its second click does not close the link unseen", async () => {
  const onClose = vi.fn();
  renderWithApp(<InviteDialog onClose={onClose} />);
  fireEvent.click(button(), { detail: 1 });
  fireEvent.click(button(), { detail: 2 });
  expect((await link()).value).toMatch(/#invite=code-1$/);
  fireEvent.click(screen.getByRole("button", { name: "Done" }), { detail: 2 });
  expect(onClose).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole("button", { name: "Done" }), { detail: 1 });
  expect(onClose).toHaveBeenCalledOnce();
  expect(made).toBe(1);
});

it("what was refused can be tried again", async () => {
  renderWithApp(<InviteDialog onClose={vi.fn()} />);
  refused = true;
  fireEvent.click(button());
  await vi.waitFor(() => expect(made).toBe(1));
  refused = false;
  await vi.waitFor(() => expect(button().getAttribute("aria-disabled")).toBe("false"));
  fireEvent.click(button());
  await link();
  expect(made).toBe(2);
});
