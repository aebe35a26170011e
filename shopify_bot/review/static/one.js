// One product at a time: the next ones stand ready, a decision brings the next at once and is sent meanwhile.
// The page works without this file.
"use strict";

// Counts end there, as those of the page do.
const MOST_COUNTED = 10000;

const AHEAD = 5;
const LINGER_MS = 500;
const MOST_HELD = 150;

const stage = document.getElementById("stage");
const text = (name, values = {}) => Object.entries(values).reduce((said, [key, value]) => said.replace(`{${key}}`, () => value), stage.dataset[`text${name}`]);

class Deck {
  constructor() {
    this.current = stage.querySelector("article.one");
    this.ahead = [...document.querySelectorAll("template.ahead")].map((template) => ready(template.content));
    this.behind = [];
    this.decided = [];
    this.left = Number(stage.dataset.left);
    this.done = 0;
    this.similarOpen = false;
    this.sender = new Sender({ also: () => this.asked(), away: (isAway) => this.away(isAway) });
    if (this.current) dress(this.current, this);
  }

  // What a request says of the products that are here already.
  asked() {
    const want = Math.max(0, AHEAD - this.ahead.length);
    return { after: this.lastPlace(), held: this.held().slice(0, MOST_HELD).join(","), want };
  }

  lastPlace() {
    return (this.ahead.at(-1) ?? this.current ?? this.decided.at(-1))?.dataset.place ?? "";
  }

  held() {
    const unsent = this.sender.line.map((job) => job.article);
    return [this.current, ...this.ahead, ...unsent, ...this.behind].filter(Boolean).map((article) => article.dataset.review);
  }

  has(id) {
    return this.held().includes(id);
  }

  // A form of the product was sent: go on at once, and tell the server.
  decide(form, button) {
    const article = this.current;
    const fields = new FormData(form);
    if (button?.name) fields.set(button.name, button.value);
    const url = button?.getAttribute("formaction") ?? form.getAttribute("action");
    const stays = url.includes("/reopen");
    if (this.sender.line.some((job) => job.article === article)) return;
    if (!stays) this.goOn(article);
    this.sender.push({ url, fields, article, answered: (answer) => this.answered(article, answer) });
    if (!stays && !this.current) this.wait();
  }

  goOn(article) {
    this.decided.push(article);
    this.done += 1;
    this.left = Math.max(0, this.left - 1);
    this.show(this.takeNext());
  }

  takeNext() {
    if (!this.ahead.length) this.ahead = this.behind.splice(0);
    return this.ahead.shift() ?? null;
  }

  answered(article, answer) {
    if (answer.told) return this.settle(article, answer.told);
    const unsent = this.sender.clear().map((job) => job.article);
    for (const each of [...unsent.reverse(), article]) this.takeBack(each);
    this.tellUnsaved(article, answer);
  }

  tellUnsaved(article, { signedOut }) {
    const address = `${stage.dataset.login}?next=${encodeURIComponent(article.dataset.path)}`;
    const way = signedOut ? { text: text("Signin"), href: address } : { text: text("Reload"), href: article.dataset.path };
    this.tell({ text: text(signedOut ? "SignedOut" : "Failed"), tone: "warning", actions: [way] });
  }

  settle(article, told) {
    this.take(told);
    if (!told.ok) {
      forget(this.decided, article);
      if (told.waits) this.takeBack(article, told.here);
      else if (article === this.current) this.show(ready(told.here));
    } else if (told.here) this.bring(ready(told.here));
    if (!this.current) this.showNextOr(told.empty);
    this.count(told);
    const toast = this.tell({ text: told.text, tone: told.tone, review: told.review, actions: this.ways(article, told) });
    toast.dataset.published = told.published ?? "";
  }

  ways(article, told) {
    if (told.undo && told.ok) return [{ text: text("Undo"), click: () => this.undo(article) }];
    if (told.revert) return [{ text: text("Revert"), href: told.revert }];
    return told.waits ? [] : [{ text: text("View"), href: article.dataset.path }];
  }

  // The products that came with an answer, those that are new here.
  take({ fragments }) {
    for (const html of fragments) {
      const article = ready(html);
      if (!this.has(article.dataset.review)) this.ahead.push(article);
    }
    showSteps(this);
  }

  count({ left, totals }) {
    if (!this.sender.line.length) this.left = left;
    for (const place of document.querySelectorAll("[data-count]")) showCount(place, totals[place.dataset.count]);
    showLeft(this);
  }

  // Back to a product whose decision did not count.
  takeBack(article, html = null) {
    forget(this.decided, article);
    if (article === this.current && !html) return;
    if (article === this.current) return this.show(ready(html));
    this.done = Math.max(0, this.done - 1);
    this.bring(html ? ready(html) : article);
  }

  bring(article) {
    const id = article.dataset.review;
    this.ahead = this.ahead.filter((each) => each.dataset.review !== id);
    if (this.current && this.current.dataset.review !== id) this.ahead.unshift(this.current);
    this.show(article);
  }

  undo(article = this.decided.at(-1)) {
    if (!article) return this.tell({ text: text("Nothing"), tone: "info" });
    forget(this.decided, article);
    this.done = Math.max(0, this.done - 1);
    const fields = { csrf_token: stage.dataset.token };
    this.sender.push({ url: article.dataset.undo, fields, article, answered: (answer) => this.undone(article, answer) });
    showSteps(this);
  }

  undone(article, answer) {
    if (!answer.told?.ok) this.done += 1;
    if (answer.told) return this.settle(article, answer.told);
    this.decided.push(article);
    this.tellUnsaved(article, answer);
    showSteps(this);
  }

  show(article) {
    this.current = article;
    if (article) {
      stage.replaceChildren(article);
      dress(article, this);
      name(article.dataset.title);
    }
    showLeft(this);
    showSteps(this);
  }

  wait() {
    stage.replaceChildren(document.getElementById("waiting").content.cloneNode(true));
    focusTitle();
  }

  showNextOr(empty) {
    const next = this.takeNext();
    if (next) return this.show(next);
    if (this.sender.line.length) return;
    if (!empty) return this.refill();
    stage.innerHTML = empty;
    history.replaceState(null, "", stage.dataset.path);
    name(document.getElementById("title").textContent);
    showSteps(this);
  }

  async step(by) {
    if (!this.current) return;
    const place = this.current.dataset.place;
    const [from, to] = by > 0 ? [this.ahead, this.behind] : [this.behind, this.ahead];
    if (!from.length) await this.fetch(by > 0 ? { want: AHEAD } : { before: place, after: "" }, by);
    const next = by > 0 ? from.shift() : from.pop();
    if (!next) return this.tell({ text: text(by > 0 ? "Last" : "First"), tone: "info" });
    if (by > 0) to.push(this.current);
    else to.unshift(this.current);
    this.show(next);
    say(next);
    if (this.ahead.length < AHEAD - 2) this.refill();
  }

  // Asks for products without a decision.
  async fetch(more = {}, by = 1) {
    if (this.fetching) return;
    this.fetching = true;
    try {
      const query = new URLSearchParams({ ...this.asked(), ...more });
      const separator = stage.dataset.next.includes("?") ? "&" : "?";
      const response = await fetch(`${stage.dataset.next}${separator}${query}`, { redirect: "error" });
      const told = await response.json();
      if (by > 0) this.take(told);
      else this.behind.unshift(...told.fragments.map(ready).filter((article) => !this.has(article.dataset.review)));
      this.count(told);
      return told;
    } catch {
      return null; // the note on the page that we are away says so
    } finally {
      this.fetching = false;
    }
  }

  async refill() {
    const told = await this.fetch();
    if (told && !this.current) this.showNextOr(told.empty ?? null);
  }

  away(isAway) {
    if (isAway) this.tell({ text: text("Away"), tone: "warning", actions: [{ text: text("Retry"), click: () => this.sender.run() }] });
    else document.querySelector(".toast.warning")?.remove();
  }

  tell(message) {
    say(this.current, message.text);
    return showToast({ ...message, close: text("Close") });
  }

  // What the page learnt by itself: new products, and what became of the last decision.
  learn({ counts, reviews }) {
    const isIdle = !this.sender.line.length && !this.fetching;
    if (isIdle && !this.current && counts.pending && document.querySelector("[data-empty]")) this.refill();
    else if (isIdle && this.current && this.ahead.length < AHEAD && counts.pending > this.ahead.length + this.behind.length + 1) this.refill();
    this.noteOthers(reviews);
    const toast = document.querySelector(".toast[data-live-review]");
    const state = toast && reviews[toast.dataset.liveReview]?.state;
    if (state) this.showFate(toast, state);
  }

  // Somebody else decided what is on screen. Told twice: an answer may be older than what was undone here.
  noteOthers(reviews) {
    const article = this.current;
    const state = article?.querySelector("form.decide") && reviews[article.dataset.review]?.state;
    if (!state || state === "pending" || this.sender.line.length) return;
    article.dataset.elsewhere = Number(article.dataset.elsewhere ?? 0) + 1;
    if (article.dataset.elsewhere === "2") this.tell({ text: text("Elsewhere"), tone: "info", actions: [{ text: text("View"), href: article.dataset.path }] });
  }

  showFate(toast, state) {
    const id = toast.dataset.liveReview;
    if (state !== "publishing" && state !== "published") return;
    this.decided = this.decided.filter((article) => article.dataset.review !== id);
    showSteps(this);
    const ways = state === "published" ? [{ text: text("Revert"), href: `/review/${id}/revert` }] : [];
    replaceToastActions(toast, ways);
    if (state === "published" && toast.dataset.published) toast.querySelector("p").textContent = toast.dataset.published;
  }
}

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

// What only a product on screen needs.
function dress(article, deck) {
  for (const image of article.querySelectorAll(".shot img")) if (image.complete && !image.naturalWidth && image.loading !== "lazy") showPlaceholder(image);
  article.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  const input = article.querySelector("input[data-search]");
  if (input && !input.dataset.dressed) searchLabels(input, text, focusTitle);
  const similar = article.querySelector("[data-similar]");
  if (similar) similar.open = deck.similarOpen;
  clearTimeout(deck.lingering);
  deck.lingering = setTimeout(() => linger(article), LINGER_MS);
}

// What is loaded only for a product that is looked at for longer, so that quick decisions ask for nothing more.
function linger(article) {
  if (!article.isConnected) return;
  if (!location.hash) history.replaceState(null, "", article.dataset.path);
  for (const image of article.querySelectorAll(".thumbs img[data-src]")) image.src = image.dataset.src;
  const similar = article.querySelector("[data-similar]");
  if (similar?.open) showSimilar(similar, text("SimilarFailed"));
}

function forget(articles, article) {
  const place = articles.indexOf(article);
  if (place >= 0) articles.splice(place, 1);
}

// The address follows later, see `linger`: browsers ask for the icon again whenever it changes.
function name(title) {
  document.title = `${title} · ${document.title.split(" · ").at(-1)}`;
  window.scrollTo(0, 0);
  focusTitle();
}

function focusTitle() {
  document.getElementById("title")?.focus({ preventScroll: true });
}

function say(article, first = "") {
  const next = article ? text("Next", { title: article.dataset.title }) : "";
  document.getElementById("said").textContent = `${first} ${next} ${document.getElementById("left").textContent}`.trim();
}

function counted(count) {
  return count > MOST_COUNTED ? `${MOST_COUNTED.toLocaleString(document.documentElement.lang)}+` : String(count);
}

function showCount(place, count) {
  if (count !== undefined) place.textContent = counted(count);
}

function showLeft(deck) {
  const left = counted(deck.left);
  const all = deck.left > MOST_COUNTED ? left : deck.left + deck.done;
  document.getElementById("left").textContent = text(deck.done ? "Of" : "Left", { left, all });
  const bar = document.querySelector(".one-left progress");
  [bar.max, bar.value] = [Math.max(1, deck.left + deck.done), deck.done];
}

function showSteps(deck) {
  document.getElementById("undo").disabled = !deck.decided.length;
  for (const step of document.querySelectorAll(".steps a[data-key]")) {
    step.hidden = !deck.current;
    step.href = "#stage";
    step.removeAttribute("aria-disabled");
  }
}

function onSubmit(event) {
  const form = event.target;
  if (!form.matches("#stage form[data-decides]")) return;
  event.preventDefault();
  deck.decide(form, event.submitter);
}

function onClick(event) {
  const at = (selector) => event.target.closest(selector);
  const step = at(".steps a[data-key]");
  const thumb = at(".thumbs a");
  const heat = at("[data-heat]");
  if (step) {
    event.preventDefault();
    deck.step(step.dataset.key === "j" ? 1 : -1);
  } else if (thumb) {
    event.preventDefault();
    showShot(thumb);
  } else if (heat) toggleHeat(heat, () => deck.tell({ text: text("HeatFailed"), tone: "warning" }));
  else if (at("#undo")) deck.undo();
}

// By the address, as without this file.
function showShot(thumb) {
  location.replace(thumb.hash);
  for (const each of thumb.parentElement.children) each.toggleAttribute("aria-current", each === thumb);
}

function onToggle(event) {
  if (!event.target.matches?.("[data-similar]") || !event.target.isConnected) return;
  deck.similarOpen = event.target.open;
  if (event.target.open && !event.target.dataset.asked) deck.lingering = setTimeout(() => linger(event.target.closest("article")), 0);
}

const deck = new Deck();
showSteps(deck);
stage.addEventListener("submit", onSubmit);
document.addEventListener("click", onClick);
stage.addEventListener("toggle", onToggle, true);
document.addEventListener("live", (event) => deck.learn(event.detail));
listenForSwipes(
  stage,
  (side) => Boolean(deck.current?.querySelector(side === "right" ? "[data-key=a]" : "[data-key=s]")),
  (side) => deck.current.querySelector(side === "right" ? "[data-key=a]" : "[data-key=s]").click(),
);
