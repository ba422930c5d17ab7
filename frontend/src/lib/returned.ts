/** What a provider sent somebody back with; no code if they turned round there. */
export interface Returned {
  code: string;
  state: string;
}

/** Where the server lets the provider send people back to. */
export const RETURN_PATH = "/signed-in";

let returned: Returned | null = null;

/** Taken out of the address at once: it must not end up in a bookmark. */
export function takeReturned(): void {
  if (location.pathname !== RETURN_PATH) return;
  const found = new URLSearchParams(location.search);
  const state = found.get("state");
  if (!state) return;
  returned = { code: found.get("code") ?? "", state };
  history.replaceState(history.state, "", RETURN_PATH);
}

/** The server says in the state what somebody left for. */
const isToLink = ({ state }: Returned) => state.startsWith("link.");

/** Somebody left to sign in, and is back. */
export const returnedToSignIn = () => (returned && !isToLink(returned) ? returned : null);

/** Somebody left to connect their account, and is back: told once. */
export function takeReturnedToLink(): Returned | null {
  if (!returned || !isToLink(returned)) return null;
  const found = returned;
  returned = null;
  return found;
}

export function forgetReturned(): void {
  returned = null;
}
