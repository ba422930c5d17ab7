/** The name in a Content-Disposition header: the one in any script, if there is one, or the plain one. */
export function fileName(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? "")?.[1];
  if (encoded) {
    try {
      return decodeURIComponent(encoded.trim());
    } catch {
      // Not what it says it is: the plain name is still there.
    }
  }
  return /filename="?([^";]+)"?/i.exec(disposition ?? "")?.[1]?.trim() || null;
}

/** Names of lists are people's own; some characters are not allowed in names of files. */
export function asFileName(name: string): string {
  return name.replace(/[\\/:*?"<>|]+/g, "-");
}

/** Hands a file over to the browser's downloads. */
export function saveFile(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = asFileName(name);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
