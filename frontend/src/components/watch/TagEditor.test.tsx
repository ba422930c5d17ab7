import { fireEvent, screen, waitFor } from "@testing-library/react";
import { aVideo } from "@tests/factories";
import { renderWithApp } from "@tests/render";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { TagEditor } from "./TagEditor";

const asked: unknown[] = [];
const server = setupServer(
  http.get("*/api/tags", () => HttpResponse.json([])),
  http.patch("*/api/videos/v1", async ({ request }) => {
    asked.push(await request.json());
    return HttpResponse.json({ ...aVideo({ id: "v1" }), note: null });
  }),
);
beforeAll(() => server.listen());
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

it("leaves out tags that nobody can see, and keeps the others", async () => {
  renderWithApp(<TagEditor videoId="v1" tags={["Sea"]} />);
  const field = screen.getByLabelText("Add a tag");
  const add = (value: string) => {
    fireEvent.change(field, { target: { value } });
    fireEvent.keyDown(field, { key: "Enter" });
  };
  add("#\u2060, \u3164");
  add("\u200B, Light");
  await waitFor(() => expect(asked).toEqual([{ tags: ["Sea", "Light"] }]));
});

it("keeps both of two tags that are added before the page has shown the first", async () => {
  asked.length = 0;
  renderWithApp(<TagEditor videoId="v1" tags={["Sea"]} />);
  const field = screen.getByLabelText("Add a tag");
  for (const value of ["Light", "light, Moon"]) {
    fireEvent.change(field, { target: { value } });
    fireEvent.keyDown(field, { key: "Enter" });
  }
  await waitFor(() =>
    expect(asked).toEqual([{ tags: ["Sea", "Light"] }, { tags: ["Sea", "Light", "Moon"] }]),
  );
});
