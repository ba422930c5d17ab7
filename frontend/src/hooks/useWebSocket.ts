import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import ReconnectingWebSocket from "partysocket/ws";
import { useEffect } from "react";
import { queryKeys } from "@/api/queryKeys";
import { session } from "@/api/session";
import { isTerminal } from "@/lib/progress";
import { parseProgressMessage } from "@/lib/progressMessages";
import type { LibraryRows } from "@/lib/rows";
import { useConnectionStore } from "@/stores/connectionStore";
import { importProgressStore } from "@/stores/importProgressStore";

/** The server's code for "this token is no good (any more)". */
export const UNAUTHENTICATED = 4401;

function socketUrl(): string {
  const url = new URL("/api/ws/progress", location.origin);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}

/**
 * The one connection of a tab to the progress stream, for as long as somebody is signed in.
 * Reconnecting with backoff is partysocket's; ours is what has to be caught up with afterwards.
 */
export function useWebSocket(): void {
  const queryClient = useQueryClient();

  useEffect(() => {
    const { set } = useConnectionStore.getState();
    let everReady = false;
    let tokenRefused = false;
    set("connecting");

    const socket = new ReconnectingWebSocket(
      async () => {
        // Refused or missing: asking with the same token again would be refused again.
        if (tokenRefused || !session.token()) {
          await session.renew();
          tokenRefused = false;
        }
        return socketUrl();
      },
      undefined,
      {
        minReconnectionDelay: 400,
        maxReconnectionDelay: 15_000,
        reconnectionDelayGrowFactor: 1.6,
        minUptime: 2000,
      },
    );

    socket.onopen = () => {
      // The token is the first message: it never appears in an address.
      socket.send(JSON.stringify({ type: "auth", token: session.token() ?? "" }));
    };
    socket.onmessage = (event) => {
      const message = parseProgressMessage(event.data);
      if (message?.type === "ready") {
        importProgressStore.connected(message.epoch, message.seq);
        set("open");
        catchUp(queryClient, everReady);
        everReady = true;
      } else if (message?.type === "import_progress") {
        importProgressStore.receive(message);
      }
    };
    socket.onclose = (event) => {
      if (event.code === UNAUTHENTICATED) tokenRefused = true;
      set("lost");
    };

    const forgetLists = importProgressStore.subscribeLists((listIds) => {
      void queryClient.invalidateQueries({ queryKey: queryKeys.lists });
      // The one in sight reads what changed by itself; the others must not be shown as they were.
      for (const listId of listIds) {
        void queryClient.invalidateQueries({ queryKey: queryKeys.videos(listId), type: "inactive" });
      }
    });
    const reconnectNow = () => {
      if (socket.readyState !== WebSocket.OPEN) socket.reconnect();
    };
    window.addEventListener("online", reconnectNow);
    return () => {
      window.removeEventListener("online", reconnectNow);
      forgetLists();
      socket.onclose = null;
      socket.close();
      set("connecting");
    };
  }, [queryClient]);
}

/**
 * The snapshot holds only what is still under way. What ended while nobody listened is in the lists, so
 * they are read again; on the first connection only if something in them was unfinished.
 */
function catchUp(queryClient: QueryClient, reconnected: boolean): void {
  if (reconnected) {
    void queryClient.invalidateQueries();
    return;
  }
  for (const [key, rows] of queryClient.getQueriesData<LibraryRows>({ queryKey: ["videos"] })) {
    const unfinished = rows?.items.some((row) => !isTerminal(row.import_stage));
    if (unfinished) void queryClient.invalidateQueries({ queryKey: key });
  }
  void queryClient.invalidateQueries({ queryKey: queryKeys.imports });
  // What failed while the server was starting.
  void queryClient.invalidateQueries({ predicate: (query) => query.state.status === "error" });
  void queryClient.invalidateQueries({ queryKey: ["enrichment"] });
}
