// Says when a form has unsaved changes. Without this file every form has its button all the same.
"use strict";

for (const form of document.querySelectorAll("form[data-watched]")) {
  const saved = new URLSearchParams(new FormData(form)).toString();
  const bar = form.querySelector("[data-save-bar]");
  let sent = false;

  const show = () => {
    const changed = new URLSearchParams(new FormData(form)).toString() !== saved;
    bar.classList.toggle("changed", changed);
    for (const part of bar.querySelectorAll("[data-when-changed]")) part.hidden = !changed;
    return changed;
  };

  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", () => { sent = true; });
  addEventListener("pageshow", show);
  addEventListener("beforeunload", (event) => { if (!sent && show()) event.preventDefault(); });
}
