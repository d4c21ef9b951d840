// Merging: choosing which contact is kept chooses its fields too, where it has a value.
document.querySelectorAll("[data-merge] [name=keep]").forEach((keep) => {
  keep.addEventListener("change", () => {
    keep.form.querySelectorAll(`tr.differs input[value="${CSS.escape(keep.value)}"]`).forEach((radio) => {
      radio.checked = radio.parentElement.textContent.trim() !== "–" || radio.checked;
    });
  });
});
