// The lines that are ticked: how many, one box for all on the page, and one for all that are shown.
(() => {
  const boxes = () => [...document.querySelectorAll("input[name=line][form=ticked]")];
  const show = () => {
    const bar = document.querySelector("[data-ticked]");
    const all = document.querySelector("[data-tick-all]");
    if (!bar || !all) return;
    const count = boxes().filter((box) => box.checked).length;
    bar.hidden = count === 0;
    all.checked = count > 0 && count === boxes().length;
    all.indeterminate = count > 0 && !all.checked;
    const everyone = bar.querySelector("[data-all]");
    if (everyone && count < boxes().length) everyone.checked = false;
    bar.querySelector("[data-tick-count]").textContent = everyone?.checked ? everyone.dataset.all : count;
    bar.querySelectorAll("[data-not-all]").forEach((each) => (each.disabled = !!everyone?.checked));
  };
  document.addEventListener("change", (event) => {
    const chosen = event.target;
    if (chosen.matches("[data-tick-all]") || (chosen.matches("[data-all]") && chosen.checked))
      boxes().forEach((box) => (box.checked = chosen.checked));
    if (chosen.matches("[data-tick-all], [data-all], input[name=line]")) show();
  });
  // A line that is drawn anew stays ticked.
  let ticked = [];
  document.addEventListener("htmx:beforeSwap", () => {
    ticked = boxes().flatMap((box) => (box.checked ? [box.value] : []));
  });
  document.addEventListener("htmx:afterSettle", () => {
    boxes().forEach((box) => (box.checked ||= ticked.includes(box.value)));
    show();
  });
  window.addEventListener("pageshow", show);
})();
