import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { session } from "@/api/session";
import { i18n } from "@/lib/i18n";
import { useConnectionStore } from "@/stores/connectionStore";
import { useImportDropStore } from "@/stores/importDropStore";
import { importProgressStore } from "@/stores/importProgressStore";

// Parts that come later are imported while a test waits for them: on a loaded machine not within a second.
configure({ asyncUtilTimeout: 10_000 });

// React's warnings are errors of ours.
const complaints: unknown[][] = [];

beforeEach(async () => {
  complaints.length = 0;
  vi.spyOn(console, "error").mockImplementation((...args: unknown[]) => {
    complaints.push(args);
  });
  await i18n.changeLanguage("en");
});

afterEach(() => {
  cleanup();
  importProgressStore.reset();
  session.forget();
  useImportDropStore.setState({ drops: [] });
  useConnectionStore.setState({ status: "connecting" });
  localStorage.clear();
  sessionStorage.clear();
  expect(complaints, "console.error was called").toEqual([]);
});

class NoObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
// jsdom knows the element and not how it is opened.
HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
  this.open = false;
};
globalThis.ResizeObserver = NoObserver as unknown as typeof ResizeObserver;
globalThis.matchMedia ??= ((query: string) => ({
  matches: false,
  media: query,
  addEventListener() {},
  removeEventListener() {},
})) as unknown as typeof matchMedia;
