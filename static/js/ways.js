// Of several ways only the fields of the chosen one are in sight; data-of names another field that
// the way is chosen in.
document.querySelectorAll("[data-ways]").forEach((form) => {
  const show = () => {
    form.querySelectorAll("[data-way]").forEach((part) => {
      const way = form.elements[part.dataset.of || form.dataset.ways].value;
      part.hidden = !part.dataset.way.split(" ").includes(way);
    });
  };
  form.addEventListener("change", show);
  show();
});
