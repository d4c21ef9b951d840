// Ticked lines: how many, and one box for all on the page. What htmx brings keeps the ticks.
(() => {
  const ticked = new Set();
  const follow = (form) => {
    if (form.dataset.ticks) return;
    form.dataset.ticks = "followed";
    const all = form.querySelector("[data-tick-all]");
    const boxes = [...form.querySelectorAll("tbody input[type=checkbox]")];
    const bar = form.querySelector("[data-ticked]");
    const show = () => {
      const count = boxes.filter((box) => box.checked).length;
      bar.hidden = count === 0;
      bar.querySelector("[data-tick-count]").textContent = count;
      all.checked = count === boxes.length;
      all.indeterminate = count > 0 && count < boxes.length;
    };
    all?.addEventListener("change", () => {
      boxes.forEach((box) => (box.checked = all.checked));
      show();
    });
    boxes.forEach((box) => box.addEventListener("change", show));
    boxes.filter((box) => ticked.has(box.value)).forEach((box) => (box.checked = true));
    if (bar) show();
  };
  const followAll = () => document.querySelectorAll("[data-ticks]").forEach(follow);
  followAll();
  document.addEventListener("htmx:beforeSwap", () => {
    ticked.clear();
    const boxes = document.querySelectorAll("[data-ticks] tbody input[type=checkbox]:checked");
    boxes.forEach((box) => ticked.add(box.value));
  });
  document.addEventListener("htmx:afterSwap", followAll);
})();
