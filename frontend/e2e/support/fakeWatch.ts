import type { FakeState } from "./fakeBackend";
import type { Answer, Question } from "./fakeTools";

/** The part of the made-up backend for what somebody does with one video: note, tags, place, files. */
export function answerWatch(state: FakeState, { method, path, body }: Question): Answer | null {
  if (path === "/tags" && method === "GET") {
    const counts = new Map<string, number>();
    for (const name of state.videos.flatMap(({ tags }) => tags))
      counts.set(name, (counts.get(name) ?? 0) + 1);
    return { status: 200, json: [...counts].map(([name, video_count]) => ({ name, video_count })) };
  }
  const [, id, action] = /^\/videos\/([^/]+)(?:\/([a-z.]+))?$/.exec(path) ?? [];
  const index = state.videos.findIndex((one) => one.id === id);
  const video = state.videos[index];
  if (!video || !id) return null;
  if (method === "PATCH" && !action) {
    const change = body as { note?: string; tags?: string[] };
    if (change.note !== undefined) state.notes[id] = change.note;
    const changed = { ...video, ...(change.tags && { tags: [...change.tags].sort() }) };
    state.videos[index] = changed;
    return { status: 200, json: { ...changed, note: state.notes[id] ?? null } };
  }
  if (action === "position") {
    state.videos[index] = { ...video, ...(body as { position_seconds: number | null }) };
    return { status: 204 };
  }
  if (action === "neighbours") {
    const json = { previous: state.videos[index - 1] ?? null, next: state.videos[index + 1] ?? null };
    return { status: 200, json };
  }
  const ending = /^(?:captions|transcript)\.(\w+)$/.exec(action ?? "")?.[1];
  if (!ending) return null;
  return { status: 200, file: { name: `${video.youtube_id}.${ending}`, body: `what is said, as ${ending}` } };
}
