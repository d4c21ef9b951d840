// The rail opens and closes with its button on a phone; "/" goes to the search field.
(() => {
  const rail = document.querySelector(".rail");
  const button = document.querySelector(".menu-button");
  const open = (yes) => {
    rail.classList.toggle("open", yes);
    button.setAttribute("aria-expanded", String(yes));
  };
  document.addEventListener("click", (event) => {
    if (button.contains(event.target)) open(!rail.classList.contains("open"));
    else if (!rail.contains(event.target)) open(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") open(false);
    if (event.key !== "/" || event.target.closest("input, textarea, select")) return;
    event.preventDefault();
    document.querySelector(".find input").focus();
  });
})();
