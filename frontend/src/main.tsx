import { MutationCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { BrowserRouter } from "react-router";
import { isUnreachable } from "./lib/apiError";
import { i18n } from "./lib/i18n";
import { App } from "./pages/App";
import "./index.css";

// The stream tells every tab of progress; what one tab renames or deletes, it tells the others itself.
const otherTabs = new BroadcastChannel("videothek");

const queryClient = new QueryClient({
  mutationCache: new MutationCache({
    onSuccess: (_data, _variables, _result, mutation) => {
      if (mutation.meta?.tellOtherTabs) otherTabs.postMessage("changed");
    },
  }),
  defaultOptions: {
    queries: {
      // The server's "no" is an answer; only silence is worth asking again.
      retry: (count, error) => count < 3 && isUnreachable(error),
      // The stream says what is new; a reconnect reads everything again.
      refetchOnWindowFocus: false,
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});

otherTabs.onmessage = () => void queryClient.invalidateQueries();

// The grid restores its own place; the browser's attempt comes at a time of its own and undoes it.
history.scrollRestoration = "manual";

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <I18nextProvider i18n={i18n}>
        <QueryClientProvider client={queryClient}>
          <BrowserRouter>
            <App />
          </BrowserRouter>
        </QueryClientProvider>
      </I18nextProvider>
    </StrictMode>,
  );
}
