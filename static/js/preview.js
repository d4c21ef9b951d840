// A preview that takes long can be canceled, and looked at again. What it shows belongs to the
// conditions it was asked with, so it goes when it does not come to an end.
(() => {
  const stop = (place, why) => {
    place.querySelector("#preview").hidden = true;
    const stopped = place.querySelector(".stopped");
    stopped.hidden = false;
    stopped.querySelectorAll("[data-why]").forEach((text) => {
      text.hidden = text.dataset.why !== why;
    });
  };
  const placeOf = (form) =>
    [...document.querySelectorAll("[data-preview-of]")].find((place) =>
      form?.matches?.(place.dataset.previewOf),
    );
  document.addEventListener("click", (event) => {
    const place = event.target.closest("[data-preview-of]");
    if (!place) return;
    const form = document.querySelector(place.dataset.previewOf);
    if (event.target.closest("[data-cancel-preview]")) {
      stop(place, "canceled");
      htmx.trigger(form, "htmx:abort");
    }
    if (event.target.closest("[data-preview-again]")) htmx.trigger(form, "preview");
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const place = placeOf(event.target);
    if (!place) return;
    place.querySelector("#preview").hidden = false;
    place.querySelector(".stopped").hidden = true;
  });
  ["htmx:responseError", "htmx:sendError"].forEach((name) =>
    document.addEventListener(name, (event) => {
      const place = placeOf(event.target);
      if (place) stop(place, "failed");
    }),
  );
})();
