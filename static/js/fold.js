// What is in the way on a small screen is folded there, and open elsewhere.
(() => {
  const small = matchMedia("(width <= 40rem)");
  const fold = () =>
    document.querySelectorAll("[data-fold]").forEach((part) => (part.open = !small.matches));
  fold();
  small.addEventListener("change", fold);
})();
