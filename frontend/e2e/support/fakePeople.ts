import type { Invitation, LinkedIdentity, Person, SignedInBrowser, Ways } from "../../src/types/video";
import { inMinutes } from "./fakeBackend";
import type { Answer, Question } from "./fakeTools";

export interface PeopleState {
  browsers: SignedInBrowser[];
  people: Person[];
  invitations: Invitation[];
  ways: Ways;
  linked: LinkedIdentity[];
}

export const passwordOnly = (): Ways => ({ password: true, link: false, provider: null, proxy: null });
export const atProvider = (shown_name: string): LinkedIdentity => ({
  id: "l1",
  issuer: "https://anmeldung.chor.example/realms/chor",
  shown_name,
  created_at: inMinutes(-60 * 24 * 3),
  is_offered: true,
});

const CHROME =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
const PHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";

export function browser(id: string, client: string, changes: Partial<SignedInBrowser> = {}): SignedInBrowser {
  return {
    id,
    client,
    address: "192.168.0.7",
    created_at: inMinutes(-60 * 24 * 9),
    last_seen_at: inMinutes(-60 * 3),
    is_current: false,
    ...changes,
  };
}

export const thisBrowser = () => browser("s1", CHROME, { is_current: true, address: "127.0.0.1" });
export const aPhone = () => browser("s2", PHONE);

export function person(id: string, username: string, changes: Partial<Person> = {}): Person {
  return { id, username, role: "member", created_at: inMinutes(-60 * 24 * 40), ...changes };
}

export const theOwner = () => person("u1", "owner", { role: "owner" });

export function invitation(id: string, note: string): Invitation {
  return { id, note, created_at: inMinutes(-60), expires_at: inMinutes(60 * 24 * 7 - 60) };
}

const NOTHING: Answer = { status: 204 };
const found = <T>(json: T): Answer => ({ status: 200, json });

/** null: it is not about these. */
export function answerPeople(state: PeopleState, asked: Question): Answer | null {
  const { path, method, body } = asked;
  const [, first, second, third] = path.split("/");
  if (path === "/auth/password") return NOTHING;
  if (path === "/auth/ways") return found(state.ways);
  if (path === "/auth/proxy") return { status: 403, json: { code: "no_account_here", message: "" } };
  if (path === "/auth/invite/look") return found({ invited_by: "Johanna" });
  if (first === "auth" && second === "identities") {
    if (method === "GET") return found(state.linked);
    state.linked = state.linked.filter((each) => each.id !== third);
    return NOTHING;
  }
  if (first === "auth" && second === "sessions") {
    if (method === "GET") return found(state.browsers);
    state.browsers = state.browsers.filter((each) => (third ? each.id !== third : each.is_current));
    return NOTHING;
  }
  if (first !== "users") return null;
  if (second === "invitations") {
    if (method === "GET") return found(state.invitations);
    if (method === "DELETE") {
      state.invitations = state.invitations.filter((each) => each.id !== third);
      return NOTHING;
    }
    const made = invitation(`i${state.invitations.length + 1}`, (body as { note: string }).note);
    state.invitations = [made, ...state.invitations];
    return { status: 201, json: { ...made, code: "a-code-that-is-shown-once" } };
  }
  if (third === "link") return { status: 201, json: { code: "a-link-code", expires_at: inMinutes(15) } };
  if (method === "DELETE") {
    state.people = state.people.filter((each) => each.id !== second);
    return NOTHING;
  }
  return found(state.people);
}
