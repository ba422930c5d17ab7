import { waitFor } from "@testing-library/react";
import { renderHookWithApp } from "@tests/render";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { session } from "@/api/session";

// The module remembers its page load; each test is a new one.
async function load(address: string, answers: Record<string, () => Response>) {
  vi.resetModules();
  history.replaceState(null, "", `/${address}`);
  const calls: { path: string; body: unknown }[] = [];
  vi.stubGlobal("fetch", async (url: URL, init: RequestInit) => {
    const path = new URL(url).pathname;
    calls.push({ path, body: typeof init.body === "string" ? JSON.parse(init.body) : null });
    return answers[path]?.() ?? Response.json({ code: "unauthenticated", message: "" }, { status: 401 });
  });
  const { useSession } = await import("./useSession");
  return { calls, ...renderHookWithApp(() => useSession()) };
}

const token = () => Response.json({ access_token: "t", token_type: "bearer", expires_in: 900 });

describe("signing in", () => {
  beforeEach(() => session.forget());

  it("takes the code out of the address and uses it", async () => {
    const { calls, result } = await load("#code=XYZ", { "/api/auth/link": token });
    await waitFor(() => expect(result.current.status).toBe("signedIn"));
    expect(calls).toEqual([{ path: "/api/auth/link", body: { code: "XYZ" } }]);
    expect(location.hash).toBe("");
  });

  it("stays signed in over a reload by the cookie", async () => {
    const { calls, result } = await load("", { "/api/auth/refresh": token });
    await waitFor(() => expect(result.current.status).toBe("signedIn"));
    expect(calls.map((call) => call.path)).toEqual(["/api/auth/refresh"]);
  });

  it("lets a used link pass while the cookie is good", async () => {
    const { result } = await load("#code=OLD", { "/api/auth/refresh": token });
    await waitFor(() => expect(result.current.status).toBe("signedIn"));
    expect(result.current.error).toBeNull();
  });

  it("ends a sign-in that somebody comes back from, and takes it out of the address", async () => {
    const { calls, result } = await load("signed-in?code=C&state=in.S", { "/api/auth/oidc/finish": token });
    await waitFor(() => expect(result.current.status).toBe("signedIn"));
    expect(calls).toEqual([{ path: "/api/auth/oidc/finish", body: { code: "C", state: "in.S" } }]);
    expect(location.href).not.toContain("state");
  });

  it("says that a sign-in did not work when somebody turned round at the provider", async () => {
    const { calls, result } = await load("signed-in?error=access_denied&state=in.S", {});
    await waitFor(() => expect(result.current.error).toBe("sign_in_failed"));
    expect(result.current.status).toBe("signedOut");
    expect(calls.map((call) => call.path)).toEqual(["/api/auth/refresh"]);
  });

  it("leaves what somebody left for to connect an account to the page for that", async () => {
    const { calls, result } = await load("signed-in?code=C&state=link.S", { "/api/auth/refresh": token });
    await waitFor(() => expect(result.current.status).toBe("signedIn"));
    expect(calls.map((call) => call.path)).toEqual(["/api/auth/refresh"]);
    expect(location.search).toBe("");
    const { takeReturnedToLink } = await import("@/lib/returned");
    expect(takeReturnedToLink()).toEqual({ code: "C", state: "link.S" });
    expect(takeReturnedToLink()).toBeNull();
  });

  it("takes a code for nothing at any other address", async () => {
    const { calls } = await load("search?code=C&state=in.S", {});
    await waitFor(() => expect(calls.map((call) => call.path)).toEqual(["/api/auth/refresh"]));
  });

  it("says why a used link does not help otherwise", async () => {
    const refused = () => Response.json({ code: "link_expired", message: "" }, { status: 401 });
    const { result } = await load("#code=OLD", { "/api/auth/link": refused });
    await waitFor(() => expect(result.current.error).toBe("link_expired"));
    expect(result.current.status).toBe("signedOut");
  });

  it("keeps a link for the moment when the database can be written again", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    let writable = false;
    const link = () =>
      writable ? token() : Response.json({ code: "storage_read_only", message: "" }, { status: 503 });
    const { calls, result } = await load("#code=XYZ", { "/api/auth/link": link });
    await waitFor(() => expect(result.current.error).toBe("storage_read_only"));
    expect(result.current.status).toBe("unknown");
    writable = true;
    await vi.advanceTimersByTimeAsync(3000);
    await waitFor(() => expect(result.current.status).toBe("signedIn"));
    expect(calls.at(-1)).toEqual({ path: "/api/auth/link", body: { code: "XYZ" } });
    vi.useRealTimers();
  });

  it("finds a server that was away by itself", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    let up = false;
    const refresh = () => {
      if (!up) throw new TypeError("Failed to fetch");
      return token();
    };
    const { result } = await load("", { "/api/auth/refresh": refresh });
    await waitFor(() => expect(result.current.error).toBe("offline"));
    up = true;
    await vi.advanceTimersByTimeAsync(3100);
    await waitFor(() => expect(result.current.status).toBe("signedIn"));
    expect(result.current.error).toBeNull();
    vi.useRealTimers();
  });
});
