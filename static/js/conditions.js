// Lists of boxes: say in the summary what is ticked, narrow a long list by typing, close on a click
// elsewhere.
(() => {
  const summarise = (list) => {
    const chosen = [...list.querySelectorAll("input[type=checkbox]:checked")];
    const summary = list.querySelector("summary");
    list.dataset.any ??= summary.querySelector(".none")?.textContent || "–";
    summary.textContent =
      chosen.map((box) => box.closest("label").textContent.trim()).join(", ") || list.dataset.any;
  };
  document.querySelectorAll("[data-several]").forEach((list) => {
    list.addEventListener("change", () => summarise(list));
    list.querySelector("[data-narrow]")?.addEventListener("input", (event) => {
      event.stopPropagation();
      const text = event.target.value.toLowerCase();
      list.querySelectorAll("label").forEach((label) => {
        label.hidden = !label.textContent.toLowerCase().includes(text);
      });
    });
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll("[data-several][open]").forEach((list) => {
      if (!list.contains(event.target)) list.open = false;
    });
  });
})();
