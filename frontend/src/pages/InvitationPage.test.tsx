import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { renderWithApp } from "@tests/render";
import { expect, it, vi } from "vitest";
import InvitationPage from "./InvitationPage";

const show = (answer: Response) => {
  vi.stubGlobal("fetch", async () => answer.clone());
  const onSignIn = vi.fn();
  renderWithApp(<InvitationPage code="c" error={null} onAccept={async () => {}} onSignIn={onSignIn} />);
  return onSignIn;
};

it("an invitation that is good no longer is said to be so, without a form that leads nowhere", async () => {
  const onSignIn = show(Response.json({ code: "invitation_expired", message: "" }, { status: 403 }));
  await screen.findByText("This invitation is no longer valid. Please ask for a new one.");
  expect(screen.queryByLabelText("Name")).toBeNull();
  expect(screen.queryByText(/Choose a name/)).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "I have an account already" }));
  expect(onSignIn).toHaveBeenCalledOnce();
});

it("an invitation that is good asks for a name and a password", async () => {
  show(Response.json({ invited_by: "Johanna" }));
  await screen.findByText(/Join Johanna/);
  expect(screen.getByLabelText("Name")).toBeTruthy();
});
