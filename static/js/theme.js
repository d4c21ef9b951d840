// Light or dark: as the person chose, else as the system says. Loaded in the head, before the page.
(() => {
  const key = "theme";
  const system = matchMedia("(prefers-color-scheme: dark)");
  const show = () => {
    document.documentElement.dataset.bsTheme =
      localStorage.getItem(key) || (system.matches ? "dark" : "light");
  };
  show();
  system.addEventListener("change", show);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-toggle-theme]")) return;
    const dark = document.documentElement.dataset.bsTheme === "dark";
    localStorage.setItem(key, dark ? "light" : "dark");
    show();
  });
})();
