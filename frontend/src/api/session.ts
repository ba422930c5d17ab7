import { ApiError } from "@/lib/apiError";
import type { Returned } from "@/lib/returned";

/**
 * The access token: in memory only, renewed from the HttpOnly cookie. One renewal is shared by everybody
 * who needs it at the same moment, because a refresh cookie may be good for one use.
 */
export type SessionStatus = "unknown" | "signedIn" | "signedOut";

interface TokenAnswer {
  access_token: string;
  expires_in?: number | null;
}

let token: string | null = null;
let status: SessionStatus = "unknown";
let leftByHand = false;
let renewing: Promise<boolean> | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function setStatus(next: SessionStatus): void {
  if (status === next) return;
  status = next;
  for (const listener of listeners) listener();
}

function accept(answer: TokenAnswer): void {
  token = answer.access_token;
  clearTimeout(timer);
  // A minute before the end, or at four fifths of a short life. setTimeout's limit is 24.8 days.
  const life = answer.expires_in ?? 900;
  const seconds = Math.max(1, life > 300 ? life - 60 : life * 0.8);
  timer = setTimeout(() => void session.renew().catch(() => null), Math.min(seconds * 1000, 2_000_000_000));
  setStatus("signedIn");
}

function drop(): void {
  token = null;
  clearTimeout(timer);
  setStatus("signedOut");
}

async function send(path: string, init: RequestInit): Promise<TokenAnswer> {
  const url = new URL(`/api/auth/${path}`, location.origin);
  let response: Response;
  try {
    response = await fetch(url, { method: "POST", credentials: "same-origin", ...init });
  } catch {
    throw new ApiError(0, null);
  }
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new ApiError(response.status, body, response.headers);
  return body as TokenAnswer;
}

const json = (body: object): RequestInit => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

/** Tabs share the cookie, and each renewal replaces it: two at once would sign one of them out. */
function onlyTab<T>(work: () => Promise<T>): Promise<T> {
  // Only there on https and localhost.
  if (!navigator.locks) return work();
  return navigator.locks.request("videothek.refresh", work) as Promise<T>;
}

export const session = {
  token: (): string | null => token,
  status: (): SessionStatus => status,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  /** The one-time link of the terminal. */
  async withLink(code: string): Promise<void> {
    accept(await send("link", json({ code })));
  },

  /** An account is made with the invitation, which is used up. */
  async withInvitation(code: string, username: string, password: string): Promise<void> {
    accept(await send("invite", json({ code, username, password })));
  },

  async withPassword(username: string, password: string): Promise<void> {
    accept(await send("token", { body: new URLSearchParams({ username, password }) }));
  },

  /** Whom a proxy in front of the server has let in. */
  async withProxy(): Promise<void> {
    accept(await send("proxy", {}));
  },

  /** Back from the provider. */
  async withReturned(returned: Returned): Promise<void> {
    if (!returned.code) throw new ApiError(403, { code: "sign_in_failed" });
    accept(await send("oidc/finish", json(returned)));
  },

  /** Somebody signed out since the page was loaded: they do not want to be let in by themselves. */
  leftByHand: (): boolean => leftByHand,

  /** True: there is a new token. False: signed out. Throws when the server can't be reached. */
  renew(): Promise<boolean> {
    renewing ??= onlyTab(async () => {
      try {
        accept(await send("refresh", {}));
        return true;
      } catch (error) {
        if (error instanceof ApiError && (error.status === 401 || error.status === 403)) {
          drop();
          return false;
        }
        throw error;
      }
    }).finally(() => {
      renewing = null;
    });
    return renewing;
  },

  async signOut(): Promise<void> {
    const headers: HeadersInit = token ? { authorization: `Bearer ${token}` } : {};
    await fetch(new URL("/api/auth/logout", location.origin), { method: "POST", headers }).catch(() => null);
    leftByHand = true;
    drop();
  },

  /** For tests: a page that has just been loaded. */
  forget(): void {
    token = null;
    renewing = null;
    leftByHand = false;
    clearTimeout(timer);
    setStatus("unknown");
  },
};
