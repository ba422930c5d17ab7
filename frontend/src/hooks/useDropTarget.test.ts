import { act, renderHook } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { useDropTarget } from "./useDropTarget";

const LINK = { "text/uri-list": "https://youtu.be/dQw4w9WgXcQ" };

function fire(
  type: string,
  data: Record<string, string> = LINK,
  init: EventInit & object = {},
  files: File[] = [],
) {
  const event = new Event(type, { bubbles: true, cancelable: true });
  const transfer = {
    types: [...Object.keys(data), ...(files.length > 0 ? ["Files"] : [])],
    items: files.map((file) => ({ kind: "file", type: file.type })),
    files,
    dropEffect: "none",
    getData: (wanted: string) => data[wanted] ?? "",
  };
  Object.assign(event, { dataTransfer: transfer, clipboardData: transfer, relatedTarget: null, ...init });
  act(() => void (target ?? document.body).dispatchEvent(event));
  return event;
}
let target: Element | null = null;

beforeEach(() => {
  target = null;
  document.body.innerHTML = "";
});

const start = () => {
  const onContent = vi.fn();
  return { onContent, hovering: renderHook(() => useDropTarget(onContent)).result };
};

describe("dropping anywhere", () => {
  it("tells what hovers, and hands over what is dropped", () => {
    const { onContent, hovering } = start();
    expect(fire("dragover").defaultPrevented).toBe(true);
    expect(hovering.current).toEqual({ kind: "link" });
    fire("drop");
    expect(hovering.current).toBeNull();
    expect(onContent).toHaveBeenCalledWith({ text: "https://youtu.be/dQw4w9WgXcQ", files: [] });
  });

  it("takes files along", () => {
    const { onContent } = start();
    const file = new File(["x"], "a.txt", { type: "text/plain" });
    fire("drop", {}, {}, [file]);
    expect(onContent).toHaveBeenCalledWith({ text: "", files: [file] });
  });

  it("leaves alone what is none of these", () => {
    const { hovering } = start();
    expect(fire("dragover", { "application/x-thing": "x" }).defaultPrevented).toBe(false);
    expect(hovering.current).toBeNull();
  });

  it("ignores the page's own drags, also when their end is never told", () => {
    const { onContent, hovering } = start();
    fire("dragstart");
    fire("dragover");
    fire("drop");
    expect(hovering.current).toBeNull();
    expect(onContent).not.toHaveBeenCalled();
    fire("pointermove");
    fire("drop");
    expect(onContent).toHaveBeenCalledOnce();
  });

  it.each(["dragend", "dragleave"])("ends with %s", (end) => {
    const { hovering } = start();
    fire("dragover");
    fire(end);
    expect(hovering.current).toBeNull();
  });

  it("ends with Escape", () => {
    const { hovering } = start();
    fire("dragover");
    fire("keydown", {}, { key: "Escape" } as object);
    expect(hovering.current).toBeNull();
  });

  it("does not end when the pointer only goes from one part of the page to another", () => {
    const { hovering } = start();
    fire("dragover");
    fire("dragleave", LINK, { relatedTarget: document.body } as object);
    expect(hovering.current).not.toBeNull();
  });

  it("is never stuck: silence ends it", () => {
    vi.useFakeTimers();
    const { hovering } = start();
    fire("dragover");
    act(() => void vi.advanceTimersByTime(1400));
    fire("dragover");
    act(() => void vi.advanceTimersByTime(1400));
    expect(hovering.current).not.toBeNull();
    act(() => void vi.advanceTimersByTime(200));
    expect(hovering.current).toBeNull();
    vi.useRealTimers();
  });

  it("leaves an open dialog the floor, and the browser on the page", () => {
    const { onContent, hovering } = start();
    document.body.innerHTML = "<dialog open><p></p></dialog>";
    target = document.querySelector("p");
    const over = fire("dragover");
    expect(over.defaultPrevented).toBe(true);
    expect((over as DragEvent).dataTransfer?.dropEffect).toBe("none");
    expect(fire("drop").defaultPrevented).toBe(true);
    expect(hovering.current).toBeNull();
    expect(onContent).not.toHaveBeenCalled();
  });
});

describe("pasting anywhere", () => {
  it("takes text and files", () => {
    const { onContent } = start();
    expect(fire("paste", { "text/plain": "https://youtu.be/dQw4w9WgXcQ" }).defaultPrevented).toBe(true);
    expect(onContent).toHaveBeenCalledWith({ text: "https://youtu.be/dQw4w9WgXcQ", files: [] });
  });

  it.each(["<input>", "<textarea></textarea>", "<div contenteditable></div>", "<select></select>"])(
    "leaves %s its own paste",
    (html) => {
      const { onContent } = start();
      document.body.innerHTML = html;
      target = document.body.firstElementChild;
      expect(fire("paste", { "text/plain": "x" }).defaultPrevented).toBe(false);
      expect(onContent).not.toHaveBeenCalled();
    },
  );

  it("is not kept off by a switch or a choice that has the focus", () => {
    const { onContent } = start();
    document.body.innerHTML = '<input type="radio">';
    target = document.body.firstElementChild;
    fire("paste", { "text/plain": "https://youtu.be/dQw4w9WgXcQ" });
    expect(onContent).toHaveBeenCalledOnce();
  });
});
