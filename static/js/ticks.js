// Ticked lines: how many, and one box for all on the page.
document.querySelectorAll("[data-ticks]").forEach((form) => {
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
  if (bar) show();
});
