import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Processes of the backend, for specs that need real ones. */
const backend = fileURLToPath(new URL("../../../backend/", import.meta.url));

export interface Started {
  child: ChildProcess;
  log: string[];
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

export function start(command: string, args: string[], env: Record<string, string> = {}): Started {
  const log: string[] = [];
  const child = spawn(join(backend, ".venv/bin", command), args, {
    cwd: backend,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.on("data", (data) => log.push(String(data)));
  child.stderr.on("data", (data) => log.push(String(data)));
  return { child, log };
}

export async function until<T>(what: string, log: string[], look: () => T | null | Promise<T | null>) {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what} did not come up:\n${log.join("")}`);
}

export const untilHealthy = (url: string, log: string[]) =>
  until(url, log, async () => ((await fetch(url).catch(() => null))?.ok ? true : null));

export async function stop({ child }: Started): Promise<void> {
  await end(child, "SIGTERM");
}

/** As the power cut would: no goodbye. */
export async function kill({ child }: Started): Promise<void> {
  await end(child, "SIGKILL");
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  const timer = setTimeout(() => child.kill("SIGKILL"), 5000);
  await ended;
  clearTimeout(timer);
}
