// Runs before the first paint, so that a chosen theme never flashes the other one. A file of its own
// because a strict Content-Security-Policy allows no inline scripts.
(() => {
  try {
    const stored = JSON.parse(localStorage.getItem("videothek.preferences") ?? "null");
    const theme = stored?.state?.theme;
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // A broken or forbidden storage means: follow the system.
  }
})();
