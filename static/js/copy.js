// A button copies the text it names, and says so for a moment.
(() => {
  const said = (button, word) => {
    const before = button.textContent;
    button.textContent = word;
    setTimeout(() => { button.textContent = before; }, 1500);
  };
  const select = (button) => {
    const range = document.createRange();
    range.selectNodeContents(button.closest("[data-copied]").querySelector("code"));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button || button.textContent === button.dataset.done) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      said(button, button.dataset.done);
    } catch {
      select(button); // Without a safe connection browsers keep the clipboard: Ctrl+C does the rest.
    }
  });
})();
