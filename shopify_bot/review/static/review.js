// Keys, toasts. Every page works without this file.
"use strict";

document.documentElement.classList.add("js");

const cards = [...document.querySelectorAll("article.product")];
let current = Math.max(0, cards.findIndex((card) => `#${card.id}` === location.hash));

function mark(index, scroll) {
  if (!cards[index]) return;
  cards[current].classList.remove("current");
  current = index;
  cards[current].classList.add("current");
  if (scroll) cards[current].scrollIntoView({ block: "nearest" });
}

function withKey(key) {
  const matches = `[data-key~="${CSS.escape(key)}"]`;
  const elsewhere = [...document.querySelectorAll(matches)].find((place) => !place.closest("article.product"));
  return cards[current]?.querySelector(matches) ?? elsewhere;
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  const step = { j: 1, k: -1 }[event.key];
  if (step && cards.length) return mark(current + step, true);
  const target = withKey(event.key);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input")) target.focus();
  else target.click();
}

function onSubmit(event) {
  const form = event.target;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
}

function addCloseButton(toast) {
  const close = document.createElement("button");
  close.className = "close";
  close.type = "button";
  close.setAttribute("aria-label", "Close this message");
  close.textContent = "×";
  close.addEventListener("click", () => toast.remove());
  toast.append(close);
}

function showPlaceholder(image) {
  image.closest(".picture, .thumb")?.classList.add("missing");
}

document.addEventListener("keydown", onKey);
document.addEventListener("submit", onSubmit);
document.addEventListener("error", (event) => event.target.matches?.("img") && showPlaceholder(event.target), true);
document.addEventListener("focusin", (event) => mark(cards.indexOf(event.target.closest("article.product")), false));
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
document.querySelectorAll(".toast").forEach(addCloseButton);
for (const image of document.images) if (image.complete && !image.naturalWidth) showPlaceholder(image);
mark(current, false);
