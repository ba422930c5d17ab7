import type { FakeState } from "./fakeBackend";
import type { Answer, Question } from "./fakeTools";

/** What is done with chosen videos and whole lists: tags, copies, captions as files, one list of two. */
export function answerLists(state: FakeState, { method, path, body }: Question): Answer | null {
  if (path === "/tags") return { status: 200, json: countedTags(state) };
  const merged = /^\/lists\/([^/]+)\/merge$/.exec(path)?.[1];
  if (merged) {
    const { into_list_id } = body as { into_list_id: string };
    const moved = state.videos.length;
    state.lists = state.lists
      .filter(({ id }) => id !== merged)
      .map((list) => (list.id === into_list_id ? { ...list, video_count: list.video_count + moved } : list));
    return { status: 200, json: { moved, already_there: 0 } };
  }
  if (path.endsWith("/shares")) {
    const shares = [{ user_id: "u2", username: "Anna", can_edit: true }];
    return {
      status: 200,
      json: { shares, others: [{ user_id: "u3", username: "Berta Lindenthal-Oberhuber" }] },
    };
  }
  if (method !== "POST" || !/^\/videos\/(tag|copy|transcripts)$/.test(path)) return null;
  const asked = body as { video_ids: string[]; add: string[]; remove: string[]; format: string };
  const chosen = state.videos.filter(({ id }) => asked.video_ids.includes(id));
  if (path === "/videos/copy") return { status: 200, json: { copied: chosen.length, already_there: 0 } };
  if (path === "/videos/tag") {
    for (const video of chosen) {
      const kept = video.tags.filter((tag) => !asked.remove.includes(tag));
      video.tags = [...new Set([...kept, ...asked.add])].sort();
    }
    return { status: 200, json: { tagged: chosen.length } };
  }
  if (chosen.every((video) => video.captions_source === "none")) {
    return { status: 404, json: { code: "captions_none", message: "" } };
  }
  return { status: 200, file: { name: `videothek-${asked.format}-2026-01-01.zip`, body: "PK" } };
}

function countedTags({ videos }: FakeState) {
  const counts = new Map<string, number>();
  for (const name of videos.flatMap(({ tags }) => tags)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort().map(([name, video_count]) => ({ name, video_count }));
}
