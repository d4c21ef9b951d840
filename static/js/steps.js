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
