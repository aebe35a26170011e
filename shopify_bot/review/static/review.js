// Keys, toasts, menus, dialogs, what is pressed twice. Every page works without this file.
"use strict";

document.documentElement.classList.add("js");

const TYPES_INTO = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=submit], [type=button])";

// What would be pressed by the key: on the product on screen first, never what cannot be pressed now.
function withKey(key) {
  const places = [...document.querySelectorAll(`[data-key~="${CSS.escape(key)}"]`)];
  const pressable = places.filter((place) => !place.disabled && place.getClientRects().length);
  return pressable.find((place) => place.closest("article")) ?? pressable[0];
}

// Digits by their place on the keyboard too: French ones type them with the shift key alone.
function keyOf(event) {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  if (digit && !event.shiftKey) return digit;
  return event.shiftKey ? event.key : event.key.toLowerCase();
}

function onKey(event) {
  if (event.defaultPrevented || event.repeat || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest(TYPES_INTO) || document.querySelector("dialog[open]")) return;
  const target = withKey(keyOf(event));
  if (!target) return;
  event.preventDefault();
  if (target.matches("input")) target.focus();
  else target.click();
}

function onSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
}

function addCloseButton(toast, label) {
  const close = document.createElement("button");
  close.className = "close";
  close.type = "button";
  close.setAttribute("aria-label", label);
  close.textContent = "×";
  close.addEventListener("click", () => toast.remove());
  toast.append(close);
}

function showPlaceholder(image) {
  image.closest(".picture, .thumb")?.classList.add("missing");
}

function onClick(event) {
  for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens).showModal();
  event.target.closest("[data-closes]")?.closest("dialog").close();
}

document.addEventListener("keydown", onKey);
document.addEventListener("submit", onSubmit);
document.addEventListener("error", (event) => event.target.matches?.("img") && showPlaceholder(event.target), true);
document.addEventListener("click", onClick);
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
document.querySelectorAll(".toast").forEach((toast) => addCloseButton(toast, toast.dataset.close));
for (const image of document.images) if (image.complete && image.src && !image.naturalWidth) showPlaceholder(image);
