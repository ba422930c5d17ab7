import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, renderHook } from "@testing-library/react";
import type { ReactElement, ReactNode } from "react";
import { MemoryRouter } from "react-router";

export function makeClient(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { retry: false }, mutations: { retry: false } } });
}

function wrapperOf(client: QueryClient, path = "/") {
  return ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>
      <MemoryRouter initialEntries={[path]}>{children}</MemoryRouter>
    </QueryClientProvider>
  );
}

export function renderWithApp(element: ReactElement, client = makeClient(), path = "/") {
  return { client, ...render(element, { wrapper: wrapperOf(client, path) }) };
}

export function renderHookWithApp<T>(hook: () => T, client = makeClient()) {
  return { client, ...renderHook(hook, { wrapper: wrapperOf(client) }) };
}
