// Puts into the page what has changed since, with every second answer of live.js; what is in use stays where it is.
"use strict";

{
  const holder = document.getElementById("operations");
  let answers = 0;
  let asking = false;

  async function refresh() {
    if (asking || document.hidden || !getSelection().isCollapsed) return;
    asking = true;
    try {
      const answer = await fetch(holder.dataset.again, { redirect: "error" });
      if (answer.ok) merge(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      // live.js tells that the server is away
    } finally {
      asking = false;
    }
  }

  function merge(fresh) {
    const token = holder.querySelector("[name=csrf_token]")?.value;
    for (const field of token ? fresh.querySelectorAll("[name=csrf_token]") : []) field.setAttribute("value", token);
    for (const section of fresh.querySelectorAll("section[id]")) mergeSection(document.getElementById(section.id), section);
  }

  function mergeSection(shown, fresh) {
    if (!shown || shown.isEqualNode(fresh)) return;
    if (shown.querySelector("form[data-sent]")) return; // a press is on its way
    shown.hidden = fresh.hidden;
    const list = shown.querySelector("ul.problems");
    const wanted = fresh.querySelector("ul.problems");
    if (!list || !wanted) return replaceAll(shown, fresh);
    mergeRows(list, wanted);
    wanted.replaceWith(document.importNode(list, true));
    const place = document.activeElement;
    if (!shown.isEqualNode(fresh) && !shown.contains(place)) replaceAll(shown, fresh);
  }

  function replaceAll(shown, fresh) {
    shown.replaceChildren(...document.importNode(fresh, true).childNodes);
  }

  function mergeRows(list, wanted) {
    const kept = new Map([...list.children].map((row) => [row.id, row]));
    const rows = [...wanted.children].map((row) => {
      const there = kept.get(row.id);
      const stays = there && (there.isEqualNode(row) || there.contains(document.activeElement));
      return stays ? there : document.importNode(row, true);
    });
    const changed = rows.length !== list.children.length || rows.some((row, place) => row !== list.children[place]);
    if (!changed) return;
    for (const row of [...list.children]) if (!rows.includes(row)) row.remove();
    rows.forEach((row, place) => { if (list.children[place] !== row) list.insertBefore(row, list.children[place] ?? null); });
  }

  if (holder) document.addEventListener("live", () => { answers += 1; if (answers % 2 === 0) refresh(); });
}
