// Ctrl+Z goes back a step and Ctrl+Shift+Z or Ctrl+Y forward, unless one is typing.
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]")) return;
  const key = event.key.toLowerCase();
  const way = key === "y" || (key === "z" && event.shiftKey) ? "forward" : key === "z" ? "back" : "";
  const form = way && document.querySelector(`[data-steps] form[data-key=${way}]`);
  if (!form) return;
  event.preventDefault();
  form.querySelector("button:enabled")?.click();
});

// What going to each step would do arrives after the page. What is pressed at that moment stays: the
// click would be lost with it.
let pressed = null;
document.addEventListener("pointerdown", (event) => (pressed = event.target));
document.addEventListener("pointerup", () => setTimeout(() => (pressed = null)));
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target } = event.detail;
  if (target.matches("[data-steps]") && target.contains(pressed)) event.detail.shouldSwap = false;
});
