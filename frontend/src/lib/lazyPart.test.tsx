import { act, render, screen } from "@testing-library/react";
import { Suspense } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fetchAhead, lazyPart } from "./lazyPart";

const part = { default: () => <p>there</p> };
const inPage = (Part: React.ComponentType) =>
  render(
    <Suspense fallback={<p>coming</p>}>
      <Part />
    </Suspense>,
  );

describe("a part of the page that comes later", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    sessionStorage.clear();
  });
  afterEach(() => vi.useRealTimers());

  it("is waited for while the server is away, and shown when it is back", async () => {
    let up = false;
    vi.stubGlobal("fetch", async () => (up ? Response.json({}) : Promise.reject(new TypeError())));
    inPage(lazyPart(async () => (up ? part : Promise.reject(new TypeError()))));
    await act(() => vi.advanceTimersByTimeAsync(20_000));
    expect(screen.getByText("coming")).toBeTruthy();
    up = true;
    await act(() => vi.advanceTimersByTimeAsync(6000));
    expect(screen.getByText("there")).toBeTruthy();
  });

  it("comes at once when the connection does", async () => {
    let up = false;
    vi.stubGlobal("fetch", async () => Promise.reject(new TypeError()));
    inPage(lazyPart(async () => (up ? part : Promise.reject(new TypeError()))));
    await act(() => vi.advanceTimersByTimeAsync(20_000));
    up = true;
    await act(async () => {
      window.dispatchEvent(new Event("online"));
      await vi.advanceTimersByTimeAsync(10);
    });
    expect(screen.getByText("there")).toBeTruthy();
  });

  it("has the page loaded again, once, when a newer page has taken its place at the server", async () => {
    const reload = vi.fn();
    vi.stubGlobal("location", { ...location, reload });
    vi.stubGlobal("fetch", async () => Response.json({}));
    inPage(lazyPart(async () => Promise.reject(new TypeError())));
    await act(() => vi.advanceTimersByTimeAsync(20_000));
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it("that was fetched ahead is there in the first frame", async () => {
    const Part = lazyPart(async () => part);
    fetchAhead();
    await vi.advanceTimersByTimeAsync(0);
    inPage(Part);
    expect(screen.getByText("there")).toBeTruthy();
  });
});
