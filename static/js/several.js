// A list of boxes to tick: opening it leads to its first field, typing narrows it, the arrows walk
// through it, Enter and Space tick, and its line says what is ticked.
(() => {
  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  const fieldOf = (list) => list.querySelector("[data-narrow]");
  const shownBoxes = (list) => [...list.querySelectorAll("label:not([hidden]) input")];

  const narrow = (list) => {
    const wanted = fold(fieldOf(list).value);
    list.querySelectorAll("label").forEach((label) => {
      label.hidden = !fold(label.textContent).includes(wanted);
    });
    list.querySelector("[data-nothing]").hidden = shownBoxes(list).length > 0;
  };
  const opened = (list) => {
    const first = fieldOf(list) || shownBoxes(list)[0];
    if (list.open && matchMedia("(pointer: fine)").matches) first?.focus();
    if (list.open || !fieldOf(list)?.value) return;
    fieldOf(list).value = "";
    narrow(list);
  };
  const close = (list) => {
    list.open = false;
    list.querySelector("summary").focus();
  };
  // From one box to the next or the one before; above the first is the field.
  const walk = (list, down) => {
    const boxes = shownBoxes(list);
    const at = boxes.indexOf(document.activeElement);
    const next = down ? boxes[at + 1] : boxes[at - 1] || fieldOf(list);
    next?.focus();
  };
  const begins = (box, typed) => fold(box.parentElement.textContent.trim()).startsWith(typed);
  // In the field Enter ticks the first that begins so, or has it, and the next name can be typed.
  const tick = (list, from) => {
    if (!from.matches("[data-narrow]")) from.click();
    else if (from.value) {
      const boxes = shownBoxes(list);
      (boxes.find((box) => begins(box, fold(from.value))) || boxes[0])?.click();
      from.select();
    }
  };

  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.("[data-several]")) opened(event.target);
  }, true);
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-narrow]")) narrow(event.target.closest("[data-several]"));
  });
  document.addEventListener("change", (event) => {
    const list = event.target.closest("[data-several]");
    if (list?.dataset.none === undefined || event.target.type !== "checkbox") return;
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
  document.addEventListener("focusout", (event) => {
    const list = event.target.closest("[data-several][open]");
    if (list && event.relatedTarget && !list.contains(event.relatedTarget)) list.open = false;
  });
  document.addEventListener("keydown", (event) => {
    const list = event.target.closest("[data-several]");
    if (!list || !(list.open || event.key === "ArrowDown")) return;
    if (!list.open) list.open = true;
    else if (event.key === "Escape") close(list);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp")
      walk(list, event.key === "ArrowDown");
    else if (event.key === "Enter" && event.target.matches("input")) tick(list, event.target);
    else return;
    event.preventDefault();
  });
})();
