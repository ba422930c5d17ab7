import { act, waitFor } from "@testing-library/react";
import { aFrame, aLane, anEvent, asNew, aVideo } from "@tests/factories";
import { makeClient, renderHookWithApp } from "@tests/render";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { queryKeys } from "@/api/queryKeys";
import { session } from "@/api/session";
import { useConnectionStore } from "@/stores/connectionStore";
import { importProgressStore } from "@/stores/importProgressStore";
import { UNAUTHENTICATED, useWebSocket } from "./useWebSocket";

/** The browser's socket, with the server's side in our hands. */
class FakeSocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  static all: FakeSocket[] = [];
  readyState = 0;
  binaryType = "blob";
  sent: unknown[] = [];
  readonly url: string;

  constructor(url: string) {
    super();
    this.url = url;
    FakeSocket.all.push(this);
  }
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.readyState = 3;
  }
  open() {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
  }
  receive(message: unknown) {
    const data = typeof message === "string" ? message : JSON.stringify(message);
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
  end(code: number) {
    this.readyState = 3;
    this.dispatchEvent(new CloseEvent("close", { code }));
  }
}

const status = () => useConnectionStore.getState().status;
const nextSocket = (count: number) =>
  waitFor(
    () => {
      expect(FakeSocket.all).toHaveLength(count);
      return FakeSocket.all[count - 1] as FakeSocket;
    },
    { timeout: 5000 },
  );

let tokens: string[];

beforeEach(async () => {
  FakeSocket.all = [];
  tokens = ["first", "second", "third"];
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => Response.json({ access_token: tokens.shift(), token_type: "bearer", expires_in: 900 })),
  );
  await session.renew();
});
afterEach(() => session.forget());

async function connect(client = makeClient()) {
  const view = renderHookWithApp(() => useWebSocket(), client);
  const socket = await nextSocket(1);
  act(() => {
    socket.open();
    socket.receive({ type: "ready", epoch: "e1", seq: 0 });
  });
  return { ...view, socket };
}

describe("the progress socket", () => {
  it("sends the token as its first message, never in the address", async () => {
    const { socket } = await connect();
    expect(socket.sent).toEqual([{ type: "auth", token: "first" }]);
    expect(socket.url).toBe("ws://localhost:3000/api/ws/progress");
    expect(status()).toBe("open");
  });

  it("feeds the store, and ignores what it does not know", async () => {
    const { socket } = await connect();
    act(() => {
      socket.receive("not json");
      socket.receive({ type: "from_the_future", seq: 9 });
      socket.receive({ type: "import_progress" });
      socket.receive(
        aFrame(1, { videos: [anEvent({ video_id: "a" })], lanes: [aLane({ state: "paused" })] }),
      );
      importProgressStore.flush();
    });
    expect(importProgressStore.video("a")?.progress).toBe(25);
    expect(importProgressStore.pausedLanes()).toEqual(["player"]);
  });

  it("comes back after a loss, with a new snapshot and the lists read again", async () => {
    const client = makeClient();
    const { socket } = await connect(client);
    const invalidate = vi.spyOn(client, "invalidateQueries");
    act(() => socket.receive(aFrame(700, { videos: [anEvent({ video_id: "a", progress: 25 })] })));
    act(() => socket.end(1006));
    expect(status()).toBe("lost");

    const again = await nextSocket(2);
    act(() => {
      again.open();
      // A new life of the server counts from the start again.
      again.receive({ type: "ready", epoch: "e2", seq: 0 });
      again.receive(
        aFrame(1, { snapshot: true, videos: [anEvent({ video_id: "a", progress: 60, stage: "captions" })] }),
      );
      importProgressStore.flush();
    });
    expect(status()).toBe("open");
    expect(again.sent).toEqual([{ type: "auth", token: "first" }]);
    expect(importProgressStore.video("a")?.progress).toBe(60);
    expect(invalidate).toHaveBeenCalledWith();
  });

  it("has the lists read again when the server names one that changed elsewhere", async () => {
    const client = makeClient();
    client.setQueryData(queryKeys.lists, []);
    const { socket } = await connect(client);
    expect(client.getQueryState(queryKeys.lists)?.isInvalidated).toBe(false);
    act(() => {
      socket.receive(aFrame(1, { lists: ["l1"] }));
      importProgressStore.flush();
    });
    expect(client.getQueryState(queryKeys.lists)?.isInvalidated).toBe(true);
  });

  it("renews a refused token before it knocks again", async () => {
    const { socket } = await connect();
    act(() => socket.end(UNAUTHENTICATED));
    const again = await nextSocket(2);
    act(() => again.open());
    expect(again.sent).toEqual([{ type: "auth", token: "second" }]);
  });

  it("reads a list again on the first connection only if something in it was unfinished", async () => {
    const client = makeClient();
    client.setQueryData(queryKeys.videos("done"), { items: [aVideo()], total: 1 });
    client.setQueryData(queryKeys.videos("busy"), { items: [aVideo(asNew)], total: 1 });
    await connect(client);
    expect(client.getQueryState(queryKeys.videos("done"))?.isInvalidated).toBe(false);
    expect(client.getQueryState(queryKeys.videos("busy"))?.isInvalidated).toBe(true);
  });

  it("hangs up when nobody is signed in any more", async () => {
    const { socket, unmount } = await connect();
    unmount();
    expect(socket.readyState).toBe(3);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(FakeSocket.all).toHaveLength(1);
  });
});
