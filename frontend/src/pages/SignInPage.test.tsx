import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { renderWithApp } from "@tests/render";
import { beforeEach, expect, it, vi } from "vitest";
import { session } from "@/api/session";
import type { Ways } from "@/types/video";
import SignInPage from "./SignInPage";

const asked: string[] = [];

function show(changes: Partial<Ways>, proxyAnswers = () => new Response("{}", { status: 500 })) {
  const ways: Ways = { password: true, link: false, provider: null, proxy: null, ...changes };
  vi.stubGlobal("fetch", async (input: Request | URL) => {
    const path = new URL(input instanceof Request ? input.url : input).pathname;
    asked.push(path);
    if (path === "/api/auth/ways") return Response.json(ways);
    if (path === "/api/auth/proxy") return proxyAnswers();
    return new Response(null, { status: 204 });
  });
  return renderWithApp(<SignInPage error={null} onPassword={async () => {}} />);
}

beforeEach(() => {
  asked.length = 0;
  session.forget();
});

it("begins with the password, and says what to do without one when it is asked", async () => {
  show({});
  await screen.findByRole("button", { name: "Sign in" });
  expect(screen.queryByText("or")).toBeNull();
  const folded = screen.getByText("No password, or forgotten it?").closest("details");
  expect(folded?.open).toBe(false);
  expect(screen.getByText("videothek users link --anywhere")).toBeDefined();
});

it("names the command as it is on the server's own machine", async () => {
  show({ link: true });
  expect(await screen.findByText("videothek users link")).toBeDefined();
});

it("shows the form also when nobody says what other ways there are", async () => {
  vi.stubGlobal("fetch", async () => new Response("{}", { status: 500 }));
  renderWithApp(<SignInPage error={null} onPassword={async () => {}} />);
  await screen.findByRole("button", { name: "Sign in" });
});

it("lets in whom the proxy names, without a click", async () => {
  show({ proxy: "anna" }, () => Response.json({ access_token: "t", expires_in: 900 }));
  await waitFor(() => expect(session.status()).toBe("signedIn"));
});

it("waits for a click from somebody who has just signed out", async () => {
  show({ proxy: "anna" });
  await session.signOut();
  asked.length = 0;
  expect(await screen.findByRole("button", { name: "Continue as anna" })).toBeDefined();
  expect(asked).not.toContain("/api/auth/proxy");
});

it("says why the proxy's word was not enough", async () => {
  const refused = () => Response.json({ code: "no_account_here", message: "" }, { status: 403 });
  show({ proxy: "anna" }, refused);
  expect((await screen.findByRole("alert")).textContent).toContain("There is no account for you here yet.");
});

it("says what is wrong with the password, and not any more what was wrong before", async () => {
  const refused = () => Response.json({ code: "no_account_here", message: "" }, { status: 403 });
  const { rerender } = show({ proxy: "anna" }, refused);
  await screen.findByRole("alert");
  await userEvent.type(screen.getByLabelText("Name"), "anna");
  await userEvent.type(screen.getByLabelText("Password"), "wrong{Enter}");
  rerender(<SignInPage error="wrong_credentials" onPassword={async () => {}} />);
  expect(screen.getByRole("alert").textContent).not.toContain("no account");
});

it.each([
  [7, "Too many attempts. You can try again in about 10 seconds."],
  [61, "Too many attempts. You can try again in about 2 minutes."],
  [null, "Too many attempts. Please wait a moment."],
])("says how long to wait after too many attempts, where that is known: %s", async (seconds, sentence) => {
  show({});
  await screen.findByRole("button", { name: "Sign in" });
  renderWithApp(<SignInPage error="too_many_sign_ins" waitSeconds={seconds} onPassword={async () => {}} />);
  await screen.findByText(sentence);
});
