// Conditions of a filter: typing finds one by its name, a condition on a related row asks for the
// row, groups say how many of theirs are set, and what is wrong stands at its field.
(() => {
  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  const named = (text, words) => words.every((word) => fold(text).includes(word));
  const isSet = (control) =>
    control.name &&
    (["radio", "checkbox"].includes(control.type) ? control.checked : true) &&
    control.value;
  const controls = (place) => [...place.querySelectorAll("input[name], select[name]")];

  // Show what the typed words name: a group with all its fields, or fields of a group.
  const find = (finder, typed) => {
    const words = fold(typed).split(/\s+/).filter(Boolean);
    const groups = finder.parentElement.querySelector(".condition-groups");
    let found = 0;
    groups.querySelectorAll("[data-group]").forEach((group) => {
      const name = group.querySelector("[data-name]").textContent;
      const fields = [...group.querySelectorAll("[data-field]")];
      const all = named(name, words);
      const shown = fields.filter((field) => {
        const label = field.querySelector("label").textContent;
        field.hidden = !all && !named(`${name} ${label}`, words);
        return !field.hidden;
      });
      group.hidden = !shown.length;
      found += shown.length;
      const count = group.querySelector("[data-count]");
      group.open = words.length ? shown.length > 0 : !count.hidden;
    });
    groups.querySelector("[data-nothing]").hidden = found > 0;
  };

  // Enter goes to the first field that was found.
  const enter = (finder) => {
    const field = finder.parentElement.querySelector(
      ".condition-groups [data-group]:not([hidden]) [data-field]:not([hidden])",
    );
    const control = field?.querySelector("summary, select, input");
    control?.focus();
  };

  const askForRow = (group, control) => {
    const head = group.querySelector("[data-head]");
    if (!head || !control.name) return;
    const radios = controls(head);
    if (head.contains(control)) {
      if (!control.value) controls(group).filter((c) => !radios.includes(c)).forEach(empty);
    } else if (isSet(control) && !radios.some(isSet)) {
      radios.find((radio) => radio.value === "has").checked = true;
    }
  };

  const empty = (control) => {
    if (control.type === "checkbox") control.checked = false;
    else control.value = "";
    const list = control.closest("[data-several]");
    if (list) list.querySelector("summary").textContent = list.dataset.none;
  };

  const count = (group) => {
    const pill = group.querySelector("[data-count]");
    const names = new Set(controls(group).filter(isSet).map((control) => control.name));
    const head = group.querySelector("[data-head] input")?.name;
    pill.textContent = names.has(head) && names.size > 1 ? names.size - 1 : names.size;
    pill.hidden = !names.size;
  };

  document.querySelectorAll("[data-finder]").forEach((finder) => (finder.hidden = false));
  document.addEventListener("keydown", (event) => {
    const finder = event.target.closest?.("[data-finder]");
    if (!finder || event.key !== "Enter") return;
    event.preventDefault();
    enter(finder);
  });
  // On the way down, so that it is done before htmx sends the form.
  const changed = (event) => {
    const finder = event.target.closest("[data-finder]");
    const group = event.target.closest(".asks [data-group]");
    if (finder) {
      event.stopPropagation();
      find(finder, event.target.value);
    } else if (group) {
      askForRow(group, event.target);
      count(group);
    }
  };
  document.addEventListener("input", changed, true);
  document.addEventListener("change", changed, true);
  // Conditions that are not set stay out of the address.
  document.addEventListener("formdata", (event) => {
    if (!event.target.matches(".asks")) return;
    for (const [name, value] of [...event.formData]) {
      if (value === "" && event.formData.getAll(name).every((one) => one === ""))
        event.formData.delete(name);
    }
  });
  // What the address says already is not asked again: the answer would come under the next click.
  // Unless somebody wants just that: to see the preview again.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const path = event.detail.pathInfo?.finalRequestPath;
    const asked = path && new URL(path, location.href).href === location.href;
    const again = event.detail.requestConfig?.triggeringEvent?.type === "preview";
    if (asked && !again && event.target.matches("form.asks")) event.preventDefault();
  });
  document.addEventListener("htmx:afterSwap", () => {
    document.querySelectorAll(".asks [data-field]").forEach((field) => {
      const wrong = document.querySelector(`.problems [data-at="${field.dataset.field}"]`);
      field.querySelector(".errors").textContent = wrong ? wrong.dataset.message : "";
      controls(field).forEach((control) => {
        if (wrong) control.setAttribute("aria-invalid", "true");
        else control.removeAttribute("aria-invalid");
      });
    });
  });
})();
