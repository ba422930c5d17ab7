import type { ApiToken, NewApiToken, TokenScope } from "@/types/video";
import { client, unwrap } from "./http";

export function fetchTokens(): Promise<ApiToken[]> {
  return unwrap(client.GET("/api/tokens"));
}

/** The answer is the only one with the secret in it. */
export function createToken(name: string, scope: TokenScope): Promise<NewApiToken> {
  return unwrap(client.POST("/api/tokens", { body: { name, scope } }));
}

export async function revokeToken(tokenId: string): Promise<void> {
  await unwrap(client.DELETE("/api/tokens/{token_id}", { params: { path: { token_id: tokenId } } }));
}
