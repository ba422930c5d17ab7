import type { ProgressFrame, ReadyMessage } from "@/types/progress";

/** A message of the progress socket. Unknown types and garbage are ignored (DESIGN §8), never thrown. */
export function parseProgressMessage(data: unknown): ReadyMessage | ProgressFrame | null {
  if (typeof data !== "string") return null;
  let message: unknown;
  try {
    message = JSON.parse(data);
  } catch {
    return null;
  }
  if (typeof message !== "object" || message === null || !("type" in message)) return null;
  const fields = message as Partial<Omit<ProgressFrame, "type">> & { type: unknown; epoch?: unknown };
  if (typeof fields.seq !== "number") return null;
  if (fields.type === "ready" && typeof fields.epoch === "string") {
    return { type: "ready", epoch: fields.epoch, seq: fields.seq };
  }
  if (fields.type !== "import_progress") return null;
  return {
    type: "import_progress",
    seq: fields.seq,
    snapshot: fields.snapshot === true,
    videos: fields.videos ?? [],
    imports: fields.imports ?? [],
    lanes: fields.lanes ?? [],
    lists: fields.lists ?? [],
  };
}
