import { connect, createServer, type Socket } from "node:net";

/** A wire between browser and server that can be cut, for real: connections are reset, new ones refused. */
export interface Cable {
  url: string;
  /** Everything, or only the stream of progress while plain requests still pass. */
  cut: (what?: "all" | "stream") => void;
  mend: () => void;
  close: () => Promise<void>;
}

const STREAM = "GET /api/ws/";

export async function cableTo(target: string): Promise<Cable> {
  const { hostname, port } = new URL(target);
  const pairs = new Map<Socket, { far: Socket; stream: boolean }>();
  let cut: "all" | "stream" | null = null;

  const server = createServer((near) => {
    near.on("error", () => near.destroy());
    if (cut === "all") {
      near.destroy();
      return;
    }
    near.once("data", (first) => {
      const stream = first.subarray(0, STREAM.length).toString() === STREAM;
      if (stream && cut) {
        near.destroy();
        return;
      }
      const far = connect(Number(port), hostname);
      pairs.set(near, { far, stream });
      far.on("error", () => near.destroy());
      far.on("close", () => near.destroy());
      near.on("close", () => {
        far.destroy();
        pairs.delete(near);
      });
      far.write(first);
      near.pipe(far).pipe(near);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();

  const sever = (what: "all" | "stream") => {
    for (const [near, { far, stream }] of pairs) {
      if (what === "stream" && !stream) continue;
      near.resetAndDestroy();
      far.destroy();
    }
  };
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    cut(what = "all") {
      cut = what;
      sever(what);
    },
    mend() {
      cut = null;
    },
    close() {
      sever("all");
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
