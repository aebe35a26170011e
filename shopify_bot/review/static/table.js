// Choosing rows, the label to correct to, and filters that apply when changed. The table works without this file.
"use strict";

{
  const form = document.querySelector("[data-table]");
  const filters = document.querySelector("[data-filters]");

  function startChoosing() {
    const boxes = [...form.querySelectorAll("input[name=row]")];
    const all = form.querySelector("[data-select-all]");
    const holder = form.querySelector("[data-select-page]");
    const page = holder.querySelector("input");
    const told = form.querySelector("[data-chosen]");
    const buttons = form.querySelector("[data-needs-choice]");
    let last = null;

    function show() {
      const chosen = boxes.filter((box) => box.checked).length;
      for (const box of boxes) box.closest("tr").classList.toggle("chosen", box.checked || all.checked);
      page.checked = chosen === boxes.length;
      page.indeterminate = chosen > 0 && chosen < boxes.length;
      told.hidden = all.checked;
      told.textContent = chosen ? told.dataset.some.replace("{count}", chosen) : told.dataset.none;
      buttons.hidden = !chosen && !all.checked;
    }

    function between(event) {
      const box = event.target.closest("input[name=row]");
      if (!box) return;
      if (event.shiftKey && last && last !== box) {
        const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
        for (const each of boxes.slice(from, to + 1)) each.checked = box.checked;
      }
      last = box;
      show();
    }

    holder.hidden = false;
    page.addEventListener("change", () => {
      for (const box of boxes) box.checked = page.checked;
      show();
    });
    form.addEventListener("change", show);
    form.addEventListener("click", between);
    window.addEventListener("pageshow", show);
    show();
  }

  function startLabels() {
    const input = form.querySelector("[data-labels]");
    if (!input || typeof Combobox === "undefined") return;
    input.removeAttribute("list");
    const list = form.querySelector(".bulk-correct .suggestions");
    new Combobox(input, list, form.querySelector(".bulk-correct [data-told]"), {
      ask: async (text) => (await fetch(`${input.dataset.labels}?${new URLSearchParams({ q: text })}`)).json(),
      pick: (found) => { input.value = found.value; },
      unanswered: input.dataset.unanswered,
      none: () => input.dataset.none,
      asksEmpty: true,
      marksFirst: true,
      pauseMs: 120,
    });
  }

  function leaveOutEmpty(event) {
    for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
  }

  if (form) {
    startChoosing();
    startLabels();
  }
  if (filters) {
    // On a phone the filters would push the products far down; those that are on stand below in words.
    if (matchMedia("(max-width: 720px)").matches) filters.querySelector("details").open = false;
    filters.querySelector("#sort").addEventListener("change", () => filters.requestSubmit());
    filters.addEventListener("submit", leaveOutEmpty);
    window.addEventListener("pageshow", () => { for (const field of filters.elements) field.disabled = false; });
  }
}
