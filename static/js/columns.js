// The columns that are ticked are shown once: when their list closes.
(() => {
  const boxes = (list) => [...list.querySelectorAll("input[name=column]")];
  const ticked = (list) => boxes(list).filter((box) => box.checked).map((box) => box.value).join();
  let shown = "";
  document.addEventListener(
    "toggle",
    (event) => {
      const list = event.target;
      if (!list.matches?.("[data-columns]")) return;
      if (list.open) shown = ticked(list);
      else if (shown !== ticked(list)) list.querySelector("form").requestSubmit();
    },
    true,
  );
  document.addEventListener("submit", (event) => {
    const list = event.target.closest("[data-columns]");
    if (!list) return;
    if (event.submitter?.name === "usual")
      boxes(list).forEach((box) => (box.checked = box.dataset.usual !== undefined));
    shown = ticked(list);
    list.open = false;
  });
})();
