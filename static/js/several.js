// A list of boxes to tick: typing narrows it, and its line says what is ticked.
(() => {
  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-narrow]")) return;
    const wanted = fold(event.target.value);
    event.target
      .closest("[data-several]")
      .querySelectorAll("label")
      .forEach((label) => (label.hidden = !fold(label.textContent).includes(wanted)));
  });
  document.addEventListener("change", (event) => {
    const list = event.target.closest("[data-several]");
    if (!list || event.target.type !== "checkbox") return;
    const labels = [...list.querySelectorAll("input:checked")].map((box) =>
      box.parentElement.textContent.trim(),
    );
    list.querySelector("summary").textContent = labels.join(", ") || list.dataset.none;
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll("[data-several][open]").forEach((list) => {
      if (!list.contains(event.target)) list.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    const list = event.target.closest("[data-several][open]");
    if (event.key === "Escape" && list) {
      list.open = false;
      list.querySelector("summary").focus();
    }
    if (event.key === "Enter" && event.target.matches("[data-narrow]")) event.preventDefault();
  });
})();
