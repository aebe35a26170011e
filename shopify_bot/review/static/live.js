// Keeps what is on screen fresh. A page names what it shows: data-count="pending", data-live-review="ID" around a
// .badge and around what is there in some states alone, data-while="approved skipped"; data-live-bulk="ID" around a
// <progress>; for more, listen to the event `live` on the document.
"use strict";

{
  const EVERY_MS = 2000;
  const SELDOM_MS = 30000;
  const PATIENCE_MS = 10000;
  const MOST_IDS = 100;
  const MOST_COUNTED = 10000;
  const TONES = ["quiet", "busy", "attention", "good", "bad"];

  const address = document.body.dataset.live;
  const notes = [...document.querySelectorAll("[data-live-note]")];
  let failures = 0;
  let timer = 0;
  let asking = false;
  let leaving = false;

  function idsOf(name) {
    const ids = [...document.querySelectorAll(`[data-live-${name}]`)].map((place) => place.getAttribute(`data-live-${name}`));
    return [...new Set(ids)].filter(Boolean).slice(0, MOST_IDS).join(",");
  }

  async function ask() {
    const query = new URLSearchParams({ reviews: idsOf("review"), bulk: idsOf("bulk") });
    const answer = await fetch(`${address}?${query}`, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.type === "opaqueredirect" || answer.status === 401) return { signed_in: false };
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return answer.json();
  }

  async function poll() {
    if (asking || leaving) return;
    clearTimeout(timer);
    asking = true;
    try {
      const now = await ask();
      failures = 0;
      if (!now.signed_in) return tell("signed-out");
      tell("");
      show(now);
    } catch {
      failures += 1;
      if (failures > 1 && !leaving) tell("away");
    } finally {
      asking = false;
    }
    if (!document.hidden) timer = setTimeout(poll, Math.min(EVERY_MS * 2 ** failures, SELDOM_MS));
  }

  function tell(what) {
    for (const note of notes) note.hidden = note.dataset.liveNote !== what;
    if (what === "signed-out") leaving = true;
  }

  function show(now) {
    for (const place of document.querySelectorAll("[data-count]")) showCount(place, now.counts[place.dataset.count]);
    for (const [id, review] of Object.entries(now.reviews)) each(`[data-live-review="${id}"]`, (place) => showReview(place, review));
    for (const [id, bulk] of Object.entries(now.bulk)) each(`[data-live-bulk="${id}"]`, (place) => showProgress(place, bulk));
    document.dispatchEvent(new CustomEvent("live", { detail: now }));
    showFresh(now.counts.pending);
  }

  function each(selector, change) {
    document.querySelectorAll(selector).forEach(change);
  }

  function write(place, text) {
    if (place.textContent !== text) place.textContent = text;
  }

  function counted(count) {
    return count > MOST_COUNTED ? `${MOST_COUNTED.toLocaleString(document.documentElement.lang)}+` : String(count);
  }

  function showCount(place, count) {
    if (count === undefined) return;
    write(place, counted(count));
    const holder = place.closest("[data-hides-at-zero], .flow li") ?? place;
    if (holder !== place || place.matches(".count")) holder.hidden = !count;
  }

  function showReview(place, { state, badge: text, tone }) {
    const badge = place.matches(".badge") ? place : place.querySelector("[data-state-badge]") ?? place.querySelector(".badge");
    place.dataset.state = state;
    for (const part of place.querySelectorAll("[data-while]")) part.hidden = !part.dataset.while.split(" ").includes(state);
    if (!badge) return;
    write(badge, text);
    badge.classList.remove(...TONES);
    badge.classList.add(tone);
  }

  function showProgress(place, bulk) {
    const bar = place.querySelector("progress");
    if (bar) [bar.max, bar.value] = [Math.max(bulk.total, 1), bulk.finished ? Math.max(bulk.total, 1) : bulk.done + bulk.refused];
    for (const name of ["done", "refused", "total"]) {
      for (const number of place.querySelectorAll(`[data-bulk="${name}"]`)) write(number, String(bulk[name]));
    }
    place.toggleAttribute("data-finished", bulk.finished);
  }

  function showFresh(pending) {
    const fresh = document.querySelector("[data-fresh]");
    if (fresh) fresh.hidden = pending <= Number(fresh.dataset.fresh);
    if (pending && document.querySelector("[data-reload-when-pending]")) location.reload();
  }

  function showTab() {
    // Tabs that do not fit a phone are scrolled; the page itself is not.
    const here = document.querySelector(".tabs > [aria-current]");
    if (!here) return;
    const [tabs, tab] = [here.parentElement, here.getBoundingClientRect()];
    tabs.scrollLeft += tab.left + tab.width / 2 - (tabs.getBoundingClientRect().left + tabs.clientWidth / 2);
  }

  showTab();
  if (address) {
    document.addEventListener("visibilitychange", () => document.hidden || poll());
    window.addEventListener("online", poll);
    window.addEventListener("pagehide", () => { leaving = true; clearTimeout(timer); });
    window.addEventListener("pageshow", (event) => { if (event.persisted) { leaving = false; poll(); } });
    timer = setTimeout(poll, EVERY_MS);
  }
}
