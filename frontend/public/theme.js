// Runs before the first paint, so that a chosen theme never flashes the other one. A file of its own
// because a strict Content-Security-Policy allows no inline scripts.
(() => {
  try {
    const { theme, language } =
      JSON.parse(localStorage.getItem("videothek.preferences") ?? "null")?.state ?? {};
    if (language) document.documentElement.lang = language;
    if (theme !== "light" && theme !== "dark") return;
    document.documentElement.dataset.theme = theme;
    for (const meta of document.querySelectorAll("meta[name='theme-color'][data-theme]")) {
      meta.media = theme === meta.dataset.theme ? "all" : "not all";
    }
  } catch {
    // A broken or forbidden storage means: follow the system.
  }
})();
