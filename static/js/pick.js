// A pick from the suggestions under a field fills the field. The field asks the server as one types.
(() => {
  const clear = (pick) => pick.querySelector(".suggestions").replaceChildren();
  document.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-pick] .suggestions button");
    if (choice) {
      event.preventDefault();
      const pick = choice.closest("[data-pick]");
      const field = pick.querySelector("input");
      field.value = field.dataset.fill === "number" ? choice.value : choice.dataset.label;
      clear(pick);
      field.focus();
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    document.querySelectorAll("[data-pick]").forEach((pick) => {
      if (!pick.contains(event.target)) clear(pick);
    });
  });
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.target.matches("[data-pick] input")) event.detail.parameters.q = event.target.value;
  });
  document.addEventListener("keydown", (event) => {
    const pick = event.target.closest("[data-pick]");
    if (pick && event.key === "Escape") clear(pick);
  });
})();
