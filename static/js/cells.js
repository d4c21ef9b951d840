// A cell of the table of lines that is edited. What is typed in it is saved before anything else is
// done on the page, and what is refused stays until it is mended or left.
const cells = (() => {
  const forms = () => [...document.querySelectorAll("[data-grid] .editing form")];
  const fieldOf = (form) => form.querySelector("input:not([type=hidden]), select, textarea");
  const isSaving = (form) => form.matches(".htmx-request");
  const isRefused = (form) => form.querySelector("[role=alert]:not([hidden])") !== null;
  const isChanged = (form) =>
    [...form.elements].some((field) => {
      if (!field.name || field.type === "hidden" || field.type === "submit") return false;
      if (field.options) return [...field.options].some((one) => one.selected !== one.defaultSelected);
      return field.type === "checkbox"
        ? field.checked !== field.defaultChecked
        : field.value !== field.defaultValue;
    });
  const unsaved = () => forms().find((form) => isSaving(form) || isRefused(form) || isChanged(form));

  const named = (cell) => {
    const [line, name] = [cell.closest("tr").dataset.line, cell.dataset.cell];
    return `[data-grid] [data-line="${line}"] [data-cell="${name}"]`;
  };
  let opened = "";
  // What was asked for while a cell was not saved.
  let next = null;

  // Save what is typed, and do what comes then; false where nothing is to be saved.
  const first = (then) => {
    const form = unsaved();
    if (!form) return false;
    next = then;
    if (isSaving(form)) return true;
    if (isChanged(form)) form.requestSubmit();
    else fieldOf(form).focus();
    return true;
  };
  const open = (cell) => {
    const name = named(cell);
    if (first(() => document.querySelector(name) && open(document.querySelector(name)))) return;
    opened = name;
    htmx.trigger(cell, "edit");
  };
  const close = (cell) => {
    if (cell.dataset.closing) return;
    cell.dataset.closing = "yes";
    htmx.ajax("GET", `${cell.dataset.url}?leave`, { source: cell, target: cell, swap: "outerHTML" });
  };
  // What is being saved cannot be left: its answer would open the cell again.
  const leave = (cell) => {
    if (isSaving(cell.querySelector("form"))) return;
    next = null;
    close(cell);
  };
  const putBack = (cell) => {
    const row = cell.closest("tr");
    const values = { inherit: "on", seen: row.dataset.seen };
    const asked = { source: cell, target: row, swap: "outerHTML", values };
    first(() => putBack(document.querySelector(named(cell)))) ||
      htmx.ajax("POST", cell.getAttribute("hx-get"), asked);
  };

  // One cell is edited at a time; what was asked for meanwhile is done when all is saved.
  const settle = () => {
    const other = forms().find((form) => !form.closest("td").matches(opened));
    if (other && other !== unsaved()) close(other.closest("td"));
    if (!next || unsaved()) return;
    const then = next;
    next = null;
    then();
  };

  const stop = (event, then) => {
    if (!first(then)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("htmx:afterSettle", settle);
  document.addEventListener("htmx:confirm", (event) => {
    if (event.detail.target?.id === "lines") stop(event, () => event.detail.issueRequest(true));
  });
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest("a[href]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      stop(event, () => (link.isConnected ? link.click() : location.assign(link.href)));
    },
    true,
  );
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (form.closest(".editing") || form.method === "dialog") return;
      stop(event, () => form.requestSubmit(event.submitter));
    },
    true,
  );
  // Where the answer is another page, nothing here can be saved any more.
  let isLeft = false;
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    isLeft ||= event.detail.xhr.getResponseHeader("HX-Refresh") !== null;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isLeft && unsaved()) event.preventDefault();
  });
  ["htmx:responseError", "htmx:sendError"].forEach((name) =>
    document.addEventListener(name, (event) => {
      const failed = event.target.closest(".editing")?.querySelector("[data-failed]");
      if (failed) failed.hidden = false;
    }),
  );
  return { open, leave, putBack, fieldOf };
})();
