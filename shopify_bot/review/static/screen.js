// Puts a product on screen: what it needs there, where the focus goes, what is said and counted.
"use strict";

// Counts end there, as those of the page do.
const MOST_COUNTED = 10000;
const LINGER_MS = 500;

const stage = document.getElementById("stage");
const text = (name, values = {}) => Object.entries(values).reduce((said, [key, value]) => said.replace(`{${key}}`, () => value), stage.dataset[`text${name}`]);
let lingering = 0;
let similarOpen = false;

// The product as it came, in this document, so that its picture is on its way before it is shown.
function ready(source) {
  const template = document.createElement("template");
  if (typeof source === "string") template.innerHTML = source;
  const article = document.importNode((typeof source === "string" ? template.content : source).querySelector("article.one"), true);
  article.querySelectorAll(".thumbs img").forEach((image) => {
    image.dataset.src = image.getAttribute("src");
    image.removeAttribute("src");
  });
  article.querySelector(".shot img")?.decode?.().catch(() => {});
  return article;
}

function showArticle(article) {
  stage.replaceChildren(article);
  dress(article);
  showTitle(article.dataset.title);
}

// What only a product on screen needs.
function dress(article) {
  for (const image of article.querySelectorAll(".shot img")) if (image.complete && !image.naturalWidth && image.loading !== "lazy") showPlaceholder(image);
  article.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  const input = article.querySelector("input[data-search]");
  if (input && !input.dataset.dressed) searchLabels(input, text, focusTitle);
  const similar = article.querySelector("[data-similar]");
  if (similar) similar.open = similarOpen;
  clearTimeout(lingering);
  lingering = setTimeout(() => linger(article), LINGER_MS);
}

// What is loaded only for a product that is looked at for longer, so that quick decisions ask for nothing more.
function linger(article) {
  if (!article.isConnected) return;
  if (!location.hash) history.replaceState(null, "", article.dataset.path);
  for (const image of article.querySelectorAll(".thumbs img[data-src]")) image.src = image.dataset.src;
  const similar = article.querySelector("[data-similar]");
  if (similar?.open) showSimilar(similar, text("SimilarFailed"));
}

// The list of similar products stays open, or closed, from one product to the next.
function keepSimilar(similar) {
  similarOpen = similar.open;
  if (similar.open && !similar.dataset.asked) lingering = setTimeout(() => linger(similar.closest("article")), 0);
}

// By the address, as without this file.
function showShot(thumb) {
  location.replace(thumb.hash);
  for (const each of thumb.parentElement.children) each.toggleAttribute("aria-current", each === thumb);
}

// A page without a product.
function showNone(html) {
  stage.innerHTML = html;
  history.replaceState(null, "", stage.dataset.path);
  showTitle(document.getElementById("title").textContent);
}

function showWaiting() {
  stage.replaceChildren(document.getElementById("waiting").content.cloneNode(true));
  focusTitle();
}

// The address follows later, see `linger`: browsers ask for the icon again whenever it changes.
function showTitle(title) {
  document.title = `${title} · ${document.title.split(" · ").at(-1)}`;
  window.scrollTo(0, 0);
  focusTitle();
}

function focusTitle() {
  document.getElementById("title")?.focus({ preventScroll: true });
}

// What a screen reader says beside the title, which has the focus.
function say(first) {
  document.getElementById("said").textContent = `${first} ${document.getElementById("left").textContent}`;
}

function counted(count) {
  return count > MOST_COUNTED ? `${MOST_COUNTED.toLocaleString(document.documentElement.lang)}+` : String(count);
}

function showCount(place, count) {
  if (count !== undefined) place.textContent = counted(count);
}

function showLeft({ left, done }) {
  const all = left > MOST_COUNTED ? counted(left) : left + done;
  document.getElementById("left").textContent = text(done ? "Of" : "Left", { left: counted(left), all });
  const bar = document.querySelector(".one-left progress");
  [bar.max, bar.value] = [Math.max(1, left + done), done];
}

function showSteps({ current, decided }) {
  document.getElementById("undo").setAttribute("aria-disabled", String(!decided.length));
  for (const step of document.querySelectorAll(".steps a[data-key]")) {
    step.hidden = !current;
    step.href = "#stage";
    step.removeAttribute("aria-disabled");
  }
}
