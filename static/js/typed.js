// Forms that ask while one types have asked when the field is left: asked again, the answer would come
// under the click that left it. What is typed makes what is shown old at once, so it cannot be acted on
// before the answer.
(() => {
  const TYPED = "input[name]:not([type=checkbox], [type=radio], [type=file]), textarea[name]";
  const asking = (event) => event.target.closest?.("form[hx-trigger*='input delay']");
  document.addEventListener(
    "change",
    (event) => {
      // A change that a script tells of has no input before it.
      if (event.isTrusted && event.target.matches(TYPED) && asking(event)) event.stopPropagation();
    },
    true,
  );
  document.addEventListener("input", (event) => {
    const place = asking(event)?.getAttribute("hx-target");
    if (!place?.endsWith("preview") || !event.target.matches(TYPED)) return;
    document.querySelectorAll(`${place} button:not([type=button])`).forEach((button) => {
      button.disabled = true;
    });
  });
})();
