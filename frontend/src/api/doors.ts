import type { Returned } from "@/lib/returned";
import type { LinkedIdentity, Ways } from "@/types/video";
import { client, unwrap } from "./http";

/** Nobody waits longer for it: a password is always a way. */
const WAYS_MS = 2000;

export function fetchWays(): Promise<Ways> {
  return unwrap(client.GET("/api/auth/ways", { signal: AbortSignal.timeout(WAYS_MS) }));
}

/** Where to go to sign in at the provider. */
export async function beginAtProvider(): Promise<string> {
  return (await unwrap(client.POST("/api/auth/oidc/begin"))).address;
}

/** Where to go to connect one's account with it. */
export async function beginLinking(): Promise<string> {
  return (await unwrap(client.POST("/api/auth/identities/begin"))).address;
}

export async function link(returned: Returned): Promise<void> {
  await unwrap(client.POST("/api/auth/identities", { body: returned }));
}

export function fetchLinked(): Promise<LinkedIdentity[]> {
  return unwrap(client.GET("/api/auth/identities"));
}

export async function unlink(id: string): Promise<void> {
  await unwrap(
    client.DELETE("/api/auth/identities/{identity_id}", { params: { path: { identity_id: id } } }),
  );
}
