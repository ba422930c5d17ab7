import type { Page } from "@playwright/test";

/** Something that hovers over the page and is not dropped. Files are told by their names' endings. */
export async function dragOver(
  page: Page,
  data: Record<string, string>,
  files: string[] = [],
  target = "body",
) {
  await page.locator(target).evaluate(
    (element, [entries, names]) => {
      const types: Record<string, string> = {
        txt: "text/plain",
        csv: "text/csv",
        mp4: "video/mp4",
        jpg: "image/jpeg",
      };
      const dataTransfer = new DataTransfer();
      for (const [type, value] of Object.entries(entries)) dataTransfer.setData(type, value);
      for (const name of names) {
        dataTransfer.items.add(new File(["x"], name, { type: types[name.split(".").pop() ?? ""] ?? "" }));
      }
      element.dispatchEvent(new DragEvent("dragover", { dataTransfer, bubbles: true, cancelable: true }));
    },
    [data, files] as const,
  );
}

/** A paste of the keyboard or of a menu, onto an element. */
export async function paste(page: Page, data: Record<string, string>, files: string[] = [], target = "body") {
  await page.locator(target).evaluate(
    (element, [entries, names]) => {
      const clipboardData = new DataTransfer();
      for (const [type, value] of Object.entries(entries)) clipboardData.setData(type, value);
      for (const name of names) {
        const type = name.endsWith(".png") ? "image/png" : "text/plain";
        clipboardData.items.add(new File(["https://youtu.be/dQw4w9WgXcQ"], name, { type }));
      }
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    },
    [data, files] as const,
  );
}
