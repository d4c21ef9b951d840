// Contacts that are ticked to be added: how many stands on the button.
(() => {
  const form = document.querySelector("#pick");
  const show = () => {
    const count = form.querySelectorAll("input[name=contact]:checked:enabled").length;
    form.querySelector("[data-picked]").textContent = count ? `(${count})` : "";
    form.querySelector("[data-picked]").closest("button").disabled = !count;
  };
  form.addEventListener("change", show);
  document.addEventListener("htmx:afterSettle", show);
  window.addEventListener("pageshow", show);
})();
