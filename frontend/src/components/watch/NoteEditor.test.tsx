import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { aVideo } from "@tests/factories";
import { renderWithApp } from "@tests/render";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { useVideo } from "@/hooks/useVideoEnrichment";
import { i18n } from "@/lib/i18n";
import { NoteEditor } from "./NoteEditor";

let note = "";
let refused = false;
let refusals = 0;
const detail = () => HttpResponse.json({ ...aVideo({ id: "v1" }), note: note || null });
const server = setupServer(
  http.get("*/api/videos/v1", detail),
  http.patch("*/api/videos/v1", async ({ request }) => {
    refusals += Number(refused);
    if (refused) return HttpResponse.json({ code: "internal", message: "" }, { status: 500 });
    note = ((await request.json()) as { note: string }).note.trim();
    return detail();
  }),
);
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
beforeEach(() => {
  note = "Sea.";
  refused = false;
  refusals = 0;
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function Page() {
  const { data } = useVideo("v1");
  return data?.note === undefined ? null : <NoteEditor videoId="v1" note={data.note ?? ""} />;
}
const field = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Note" });
const type = async (text: string) => fireEvent.change(await field(), { target: { value: text } });
const keep = async () => fireEvent.blur(await field());
const comeBack = () => act(() => window.dispatchEvent(new Event("focus")));

it("shows what another tab has written as soon as somebody comes back", async () => {
  renderWithApp(<Page />);
  const { value } = await field();
  expect(value).toBe("Sea.");
  note = "Sea.\nSky.";
  comeBack();
  await waitFor(async () => expect((await field()).value).toBe("Sea.\nSky."));
});

it("keeps both when another tab was quicker, and goes on from there", async () => {
  renderWithApp(<Page />);
  await type("Sea. Mine. ");
  note = "Sea.\nTheirs.";
  comeBack();
  await keep();
  await waitFor(() => expect(note).toBe("Sea. Mine.\n\nTheirs."));
  await waitFor(async () => expect((await field()).value).toBe("Sea. Mine.\n\nTheirs."));
  await type("Sea. Mine.\n\nTheirs. More. ");
  await keep();
  await waitFor(() => expect(note).toBe("Sea. Mine.\n\nTheirs. More."));
  await screen.findByText("Kept");
  expect((await field()).value).toBe("Sea. Mine.\n\nTheirs. More. ");
});

it("that could not be kept stays, and is kept with the next try", async () => {
  renderWithApp(<Page />);
  refused = true;
  await type("Mine.");
  await keep();
  await waitFor(() => expect(refusals).toBe(1));
  comeBack();
  refused = false;
  await keep();
  await waitFor(() => expect(note).toBe("Mine."));
  expect((await field()).value).toBe("Mine.");
});

it("moves nobody's caret: neither with what is typed nor with what another tab has written", async () => {
  renderWithApp(<Page />);
  const area = await field();
  area.focus();
  area.setSelectionRange(1, 1);
  fireEvent.keyUp(area, { key: "ArrowLeft" });
  await type("Sea. Mine.");
  expect(area.selectionStart).toBe("Sea. Mine.".length);
  area.setSelectionRange(4, 4);
  fireEvent.keyUp(area, { key: "ArrowLeft" });
  note = "Theirs.";
  await keep();
  await waitFor(() => expect(area.value).toBe("Sea. Mine.\n\nTheirs."));
  expect(area.selectionStart).toBe(4);
});

it("counts when little room is left, in the numbers of the language", async () => {
  renderWithApp(<Page />);
  await type("x".repeat(18_999));
  expect(screen.queryByText(/characters/)).toBeNull();
  await type("x".repeat(19_204));
  expect(screen.getByText("19,204 of 20,000 characters").getAttribute("aria-live")).toBe("polite");
  await act(() => i18n.changeLanguage("de"));
  expect(screen.getByText("19.204 von 20.000 Zeichen")).toBeTruthy();
});

it("says when something that is put in did not fit, until something else is typed", async () => {
  renderWithApp(<Page />);
  await type("x".repeat(19_990));
  const area = await field();
  const paste = (length: number) =>
    fireEvent.paste(area, { clipboardData: { getData: () => "y".repeat(length) } });
  const cut = () => screen.queryByText("What you put in was too long. Its end is missing.");
  area.setSelectionRange(0, 0);
  paste(10);
  expect(cut()).toBeNull();
  paste(11);
  expect(cut()).toBeTruthy();
  area.setSelectionRange(0, 1);
  paste(11);
  expect(cut()).toBeNull();
  paste(12);
  fireEvent.input(area, { target: { value: "x".repeat(20_000) }, inputType: "insertFromPaste" });
  expect(cut()).toBeTruthy();
  fireEvent.input(area, { target: { value: "x" }, inputType: "deleteContentBackward" });
  expect(cut()).toBeNull();
});
