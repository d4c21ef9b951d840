// The table of lines by keyboard: arrows move, Enter edits, Esc leaves, Delete puts back to the
// header, Space ticks, "?" shows the keys. One cell of the table is a stop of Tab.
(() => {
  const table = () => document.querySelector("[data-grid]");
  const rows = () => [...table().tBodies[0].rows];
  const cells = (row) => [...row.cells].filter((cell) => cell.offsetParent !== null);
  let here = null;

  const place = (cell, focus = true) => {
    table()
      .querySelectorAll("td[tabindex='0']")
      .forEach((each) => (each.tabIndex = -1));
    cell.tabIndex = 0;
    here = { line: cell.closest("tr").dataset.line, cell: cell.dataset.cell };
    if (focus) cell.focus();
  };

  // What comes after saving what is edited: the cell to edit next, or another table.
  let next = null;
  const edited = () => table()?.querySelector(".editing form");
  const isChanged = (form) =>
    [...form.elements].some((field) => {
      if (!field.name || field.type === "hidden" || field.type === "submit") return false;
      if (field.options) return [...field.options].some((one) => one.selected !== one.defaultSelected);
      return field.type === "checkbox"
        ? field.checked !== field.defaultChecked
        : field.value !== field.defaultValue;
    });
  const saveFirst = (form, then) => {
    const saving = form?.matches(".htmx-request");
    if (!form || !(saving || isChanged(form))) return false;
    next = then;
    if (!saving) form.requestSubmit();
    return true;
  };
  const goOn = () => {
    const form = edited();
    if (!next || form?.matches(".htmx-request")) return;
    const then = next;
    next = null;
    if (!form) then();
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
    const field = cell?.querySelector("form :is(input:not([type=hidden]), select, textarea)");
    if (field) {
      field.focus();
      if (field.select) field.select();
    } else if (cell && document.activeElement === document.body) cell.focus();
  };

  // What is being saved cannot be left: its answer would open the cell again.
  const leave = (cell) =>
    cell.querySelector("form.htmx-request") ||
    htmx.ajax("GET", `${cell.dataset.url}?leave`, { source: cell, target: cell, swap: "outerHTML" });

  const putBack = (cell) =>
    htmx.ajax("POST", cell.getAttribute("hx-get"), {
      source: cell,
      target: cell.closest("tr"),
      swap: "outerHTML",
      values: { inherit: "on", seen: cell.closest("tr").dataset.seen },
    });

  const editing = (event, cell) => {
    if (event.key === "Escape") leave(cell);
    else if (event.key === "Enter" && event.target.matches("select, textarea")) {
      if (event.target.matches("textarea") && !event.ctrlKey && !event.metaKey) return;
      cell.querySelector("form").requestSubmit();
    } else return;
    event.preventDefault();
  };

  const target = (event, cell) => {
    const row = cell.closest("tr");
    const across = cells(row);
    const at = across.indexOf(cell);
    const down = rows();
    const line = down.indexOf(row);
    const below = (index) => cells(down[Math.max(0, Math.min(index, down.length - 1))])[at];
    switch (event.key) {
      case "ArrowLeft":
        return across[at - 1];
      case "ArrowRight":
        return across[at + 1];
      case "ArrowUp":
        return below(line - 1);
      case "ArrowDown":
        return below(line + 1);
      case "Home":
        return event.ctrlKey ? below(0) : across[0];
      case "End":
        return event.ctrlKey ? below(down.length - 1) : across.at(-1);
      default:
        return undefined;
    }
  };

  const act = (event, cell) => {
    const turn = { PageUp: "prev", PageDown: "next" }[event.key];
    if (turn) document.querySelector(`#lines [rel=${turn}]`)?.click();
    else if (event.key === "Enter" || event.key === "F2") {
      if (cell.hasAttribute("hx-get")) htmx.trigger(cell, "edit");
      else cell.querySelector("a, input")?.click();
    } else if (event.key === " ") cell.closest("tr").querySelector("input[name=line]")?.click();
    else if (event.key === "Delete" || event.key === "Backspace") {
      if (cell.dataset.own === undefined || !cell.hasAttribute("hx-get")) return;
      putBack(cell);
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
  document.addEventListener(
    "click",
    (event) => {
      const cell = event.target.closest("[data-grid] tbody td[hx-get]");
      if (!cell || cell.matches(".editing")) return;
      const [line, name] = [cell.closest("tr").dataset.line, cell.dataset.cell];
      const open = () => {
        const row = rows().find((each) => each.dataset.line === line);
        const again = row?.querySelector(`[data-cell="${name}"]`);
        if (!again) return;
        place(again);
        htmx.trigger(again, "edit");
      };
      if (saveFirst(edited(), open)) event.stopPropagation();
    },
    true,
  );
  document.addEventListener("htmx:confirm", (event) => {
    if (event.detail.target?.id !== "lines") return;
    if (saveFirst(edited(), () => event.detail.issueRequest(true))) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-grid] tbody td");
    if (event.target.closest("[data-leave]")) leave(cell);
    else if (event.target.closest("[data-keys]")) document.querySelector("#keys").showModal();
    else if (cell && !cell.matches(".editing")) place(cell, false);
  });
  document.addEventListener("said", (event) => {
    document.querySelector("[data-said]").textContent = event.detail.text;
  });
  document.addEventListener("htmx:afterSettle", () => {
    begin();
    goOn();
  });
  begin();
})();
