// The one message at the foot of the page, with what can be done about it.
"use strict";

// Shows `text`; `actions` are [{text, click}] or [{text, href}], `review` the id of the product that it is about.
function showToast({ text, tone = "success", review = null, actions = [], close }) {
  document.querySelectorAll(".toast").forEach((toast) => toast.remove());
  const toast = document.createElement("div");
  toast.className = `toast ${tone}`;
  if (review) toast.dataset.liveReview = review;
  const words = document.createElement("p");
  words.textContent = text;
  toast.append(words, ...actions.map(toastAction));
  addCloseButton(toast, close);
  (document.getElementById("main") ?? document.body).append(toast);
  return toast;
}

function toastAction({ text, href, click }) {
  const action = document.createElement(href ? "a" : "button");
  action.textContent = text;
  action.dataset.action = "";
  if (href) action.href = href;
  else Object.assign(action, { type: "button", onclick: click });
  return action;
}

function replaceToastActions(toast, actions) {
  toast.querySelectorAll("[data-action]").forEach((action) => action.remove());
  toast.querySelector("p").after(...actions.map(toastAction));
}
