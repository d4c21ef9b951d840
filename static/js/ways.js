// Of several ways only the fields of the chosen one are in sight.
document.querySelectorAll("[data-ways]").forEach((form) => {
  const show = () => {
    const way = form.querySelector(`[name=${form.dataset.ways}]:checked`)?.value;
    form.querySelectorAll("[data-way]").forEach((part) => {
      part.hidden = !part.dataset.way.split(" ").includes(way);
    });
  };
  form.addEventListener("change", show);
  show();
});
