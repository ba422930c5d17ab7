import type { SignedInBrowser } from "@/types/video";
import { client, unwrap } from "./http";

export async function changePassword(current: string | null, password: string): Promise<void> {
  await unwrap(
    client.POST("/api/auth/password", { body: { current_password: current, new_password: password } }),
  );
}

export function fetchBrowsers(): Promise<SignedInBrowser[]> {
  return unwrap(client.GET("/api/auth/sessions"));
}

export async function endBrowser(id: string): Promise<void> {
  await unwrap(client.DELETE("/api/auth/sessions/{session_id}", { params: { path: { session_id: id } } }));
}

export async function endOtherBrowsers(): Promise<void> {
  await unwrap(client.DELETE("/api/auth/sessions"));
}

/** Who invites; asked before anybody is signed in. */
export async function fetchHost(code: string): Promise<string> {
  const answer = await unwrap(client.POST("/api/auth/invite/look", { body: { code } }));
  return answer.invited_by;
}
