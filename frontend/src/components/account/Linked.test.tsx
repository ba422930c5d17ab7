import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { renderWithApp } from "@tests/render";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { LinkedIdentity } from "@/types/video";
import { Linked } from "./Linked";

let linked: LinkedIdentity[];
const identity = (id: string, is_offered = true): LinkedIdentity => ({
  id,
  issuer: "https://127.0.0.1:9177",
  shown_name: id,
  created_at: "2026-01-01T00:00:00Z",
  is_offered,
});
const server = setupServer(
  http.get("*/api/auth/ways", () =>
    HttpResponse.json({ password: true, link: false, provider: "House login", proxy: null }),
  ),
  http.get("*/api/auth/identities", () => HttpResponse.json(linked)),
  http.delete("*/api/auth/identities/:id", ({ params }) => {
    linked = linked.filter(({ id }) => id !== params.id);
    return new HttpResponse(null, { status: 204 });
  }),
);
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
beforeEach(() => {
  linked = [identity("anna")];
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const connect = () => screen.queryByRole("button", { name: "Connect with House login" });
const disconnect = async (name: string) =>
  userEvent.click(await screen.findByRole("button", { name: `Disconnect ${name}` }));

it("the only way in is not closed without a question", async () => {
  renderWithApp(<Linked hasPassword={false} />);
  await disconnect("anna");
  const dialog = await screen.findByRole("dialog", { name: "Disconnect House login, the only way in?" });
  expect(dialog.textContent).toContain("not even you");
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect(linked).toHaveLength(1);
  await disconnect("anna");
  await userEvent.click(await screen.findByRole("button", { name: "Disconnect" }));
  await waitFor(() => expect(linked).toEqual([]));
});

it.each([
  [true, ["anna"]],
  [false, ["anna", "bert"]],
])("nothing is asked where there is another way: password %s", async (hasPassword, names) => {
  linked = names.map((name) => identity(name));
  renderWithApp(<Linked hasPassword={hasPassword} />);
  await disconnect("anna");
  await waitFor(() => expect(linked).toHaveLength(names.length - 1));
});

it("what is connected has the provider's name, and is not offered again", async () => {
  renderWithApp(<Linked hasPassword />);
  await screen.findByText(/^at House login, since/);
  expect(connect()).toBeNull();
  await disconnect("anna");
  await waitFor(() => expect(connect()).toBeTruthy());
});

it("a provider of former days has its address, and the one of today is offered", async () => {
  linked = [identity("anna", false)];
  renderWithApp(<Linked hasPassword />);
  await screen.findByText(/^at 127.0.0.1:9177, since/);
  expect(connect()).toBeTruthy();
});
