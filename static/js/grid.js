// The table of lines by keyboard: arrows move, Enter edits, Esc leaves, Delete puts back to the
// header, Space ticks, "?" shows the keys. One cell of the table is a stop of Tab.
(() => {
  const table = () => document.querySelector("[data-grid]");
  const rows = () => [...table().tBodies[0].rows];
  const across = (row) => [...row.cells].filter((cell) => cell.offsetParent !== null);
  let here = null;

  const place = (cell, focus = true) => {
    table()
      .querySelectorAll("td[tabindex='0']")
      .forEach((each) => (each.tabIndex = -1));
    cell.tabIndex = 0;
    here = { line: cell.closest("tr").dataset.line, cell: cell.dataset.cell };
    if (focus) cell.focus();
  };

  // Focus stays where somebody types elsewhere on the page.
  const focus = (cell) => {
    const active = document.activeElement;
    if (active !== document.body && !table().contains(active)) return;
    const form = cell.querySelector("form");
    const field = form && cells.fieldOf(form);
    if (field && field !== active) {
      field.focus();
      if (field.select) field.select();
    } else if (active === document.body) cell.focus();
  };
  const begin = () => {
    if (!table()) return;
    table()
      .querySelectorAll("tbody td")
      .forEach((cell) => {
        cell.tabIndex = -1;
        if (!cell.matches(".editing"))
          cell.querySelectorAll("a, input").forEach((each) => (each.tabIndex = -1));
      });
    const row = rows().find((each) => each.dataset.line === here?.line);
    const cell = row?.querySelector(`[data-cell="${here.cell}"]`);
    place(cell || rows()[0].querySelector("td.who"), false);
    if (cell) focus(cell);
  };

  const editing = (event, cell) => {
    if (event.key === "Escape") cells.leave(cell);
    else if (event.key === "Enter" && event.target.matches("select, textarea")) {
      if (event.target.matches("textarea") && !event.ctrlKey && !event.metaKey) return;
      cell.querySelector("form").requestSubmit();
    } else return;
    event.preventDefault();
  };

  const target = (event, cell) => {
    const row = cell.closest("tr");
    const beside = across(row);
    const at = beside.indexOf(cell);
    const down = rows();
    const line = down.indexOf(row);
    const below = (index) => across(down[Math.max(0, Math.min(index, down.length - 1))])[at];
    switch (event.key) {
      case "ArrowLeft":
        return beside[at - 1];
      case "ArrowRight":
        return beside[at + 1];
      case "ArrowUp":
        return below(line - 1);
      case "ArrowDown":
        return below(line + 1);
      case "Home":
        return event.ctrlKey ? below(0) : beside[0];
      case "End":
        return event.ctrlKey ? below(down.length - 1) : beside.at(-1);
      default:
        return undefined;
    }
  };

  const act = (event, cell) => {
    const turn = { PageUp: "prev", PageDown: "next" }[event.key];
    if (turn) document.querySelector(`#lines [rel=${turn}]`)?.click();
    else if (event.key === "Enter" || event.key === "F2") {
      if (cell.hasAttribute("hx-get")) cells.open(cell);
      else cell.querySelector("a, input")?.click();
    } else if (event.key === " ") cell.closest("tr").querySelector("input[name=line]")?.click();
    else if (event.key === "Delete" || event.key === "Backspace") {
      if (cell.dataset.own === undefined || !cell.hasAttribute("hx-get")) return;
      cells.putBack(cell);
    } else return;
    event.preventDefault();
  };

  document.addEventListener("keydown", (event) => {
    const keys = document.querySelector("#keys");
    if (event.key === "Escape" && keys?.open) keys.close();
    if (event.key === "?" && !keys?.open && !event.target.closest("input, textarea, select")) {
      keys?.showModal();
      return;
    }
    const cell = event.target.closest("[data-grid] tbody td");
    if (!cell || event.altKey || event.metaKey) return;
    if (cell.matches(".editing")) {
      editing(event, cell);
      return;
    }
    const next = target(event, cell);
    if (next) {
      place(next);
      event.preventDefault();
    } else act(event, cell);
  });
  document.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-grid] tbody td");
    if (event.target.closest("[data-leave]")) cells.leave(cell);
    else if (event.target.closest("[data-keys]")) document.querySelector("#keys").showModal();
    else if (cell && !cell.matches(".editing")) {
      place(cell, false);
      if (cell.hasAttribute("hx-get")) cells.open(cell);
    }
  });
  document.addEventListener("said", (event) => {
    document.querySelector("[data-said]").textContent = event.detail.text;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.closest?.("#lines")) begin();
  });
  begin();
})();
