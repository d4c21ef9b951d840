// Suggestions under a field: Down and Up walk through them, Enter in the field takes the first.
document.addEventListener("keydown", (event) => {
  const area = event.target.closest("[data-suggest]");
  if (!area) return;
  const field = area.querySelector("input[type=search]");
  const choices = [...area.querySelectorAll(".suggestions button:enabled")];
  const at = choices.indexOf(document.activeElement);
  if (event.key === "ArrowDown") (choices[at + 1] || choices.at(-1))?.focus();
  else if (event.key === "ArrowUp") (choices[at - 1] || field).focus();
  else if (event.key === "Enter" && event.target === field) choices[0]?.click();
  else if (event.key === "Escape") area.querySelector(".suggestions").replaceChildren();
  else return;
  event.preventDefault();
});
