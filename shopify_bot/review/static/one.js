// One product at a time: the next ones stand ready, a decision brings the next at once and is sent meanwhile.
// The page works without this file.
"use strict";

// Nobody has seen a product that came so shortly before: it is the second click of two, on a button in the same place.
const GLANCE_MS = 200;

class Reviewing {
  constructor() {
    this.decidedAt = -Infinity;
    const ahead = [...document.querySelectorAll("template.ahead")].map((template) => ready(template.content));
    const undoable = [...document.querySelectorAll("template.undoable")];
    this.deck = new Deck(stage.querySelector("article.one"), ahead, undoable, Number(stage.dataset.left));
    this.sender = new Sender({ also: () => this.asked(), away: (isAway) => this.away(isAway) });
    if (this.deck.current) dress(this.deck.current);
    showSteps(this.deck);
  }

  // What a request says of the products that are here already.
  asked() {
    const unsent = this.sender.line.map((job) => job.article);
    return { after: this.deck.lastPlace, held: this.deck.held(unsent).join(","), want: this.deck.lacks };
  }

  // A form of the product was sent: go on at once, and tell the server.
  decide(form, button) {
    const article = this.deck.current;
    const fields = new FormData(form);
    if (button?.name) fields.set(button.name, button.value);
    const url = button?.getAttribute("formaction") ?? form.getAttribute("action");
    const stays = url.includes("/reopen");
    if (this.sender.line.some((job) => job.article === article) || performance.now() - this.decidedAt < GLANCE_MS) return;
    if (!stays) this.deck.goOn();
    this.send(url, fields, article, () => this.takeBack(article));
    if (stays) return;
    this.decidedAt = performance.now();
    if (this.deck.current) this.show();
    else showWaiting();
  }

  // `lost` is called when nobody took the decision, and none of those that wait behind it.
  send(url, fields, article, lost) {
    const job = { url, fields, article, lost };
    job.answered = (answer) => (answer.told ? this.settle(article, answer.told) : this.lose(job, answer));
    this.sender.push(job);
  }

  lose(job, answer) {
    for (const each of [job, ...this.sender.clear()].reverse()) each.lost();
    this.show();
    this.tellUnsaved(job.article, answer);
  }

  tellUnsaved(article, { signedOut }) {
    const address = `${stage.dataset.login}?next=${encodeURIComponent(article.dataset.path)}`;
    const way = signedOut ? { text: text("Signin"), href: address } : { text: text("Reload"), href: article.dataset.path };
    this.tell({ text: text(signedOut ? "SignedOut" : "Failed"), tone: "warning", actions: [way] });
  }

  settle(article, told) {
    this.take(told);
    if (!told.ok) this.refuse(article, told);
    else if (told.here) this.bring(ready(told.here));
    if (!this.deck.current) this.showNextOr(told.empty);
    this.count(told);
    const toast = this.tell({ text: told.text, tone: told.tone, review: told.review, actions: this.ways(article, told) });
    toast.dataset.published = told.published ?? "";
  }

  // Nothing was decided: an undo that waits in line would undo what somebody else did.
  refuse(article, told) {
    this.sender.drop((job) => job.article === article);
    this.deck.forget(article);
    if (told.waits) {
      if (article !== this.deck.current) this.deck.uncount(article);
      this.bring(ready(told.here));
    } else if (article === this.deck.current) this.bring(ready(told.here));
  }

  ways(article, told) {
    if (told.undo && told.ok) return [{ text: text("Undo"), click: () => this.undo(article) }];
    if (told.revert) return [{ text: text("Revert"), href: told.revert }];
    return told.waits ? [] : [{ text: text("View"), href: article.dataset.path }];
  }

  // The products that came with an answer, those that are new here.
  take({ fragments, gone }, before = false) {
    this.deck.add(fragments.map(ready), new Set(gone.map(String)), before);
    showSteps(this.deck);
  }

  count({ left, totals }) {
    if (!this.sender.line.length) this.deck.left = left;
    for (const place of document.querySelectorAll("[data-count]")) showCount(place, totals[place.dataset.count]);
    showLeft(this.deck);
  }

  // Back to a product whose decision did not count.
  takeBack(article) {
    this.deck.forget(article);
    if (article === this.deck.current) return;
    this.deck.uncount(article);
    this.deck.bring(article);
  }

  bring(article) {
    this.deck.bring(article);
    this.show();
  }

  undo(article = this.deck.decided.at(-1)) {
    if (!article) return this.tell({ text: text("Nothing"), tone: "info" });
    if (this.sender.line.some((job) => job.url === article.dataset.undo)) return;
    this.deck.forget(article);
    this.deck.uncount(article);
    const fields = { csrf_token: stage.dataset.token, own: "1" };
    this.send(article.dataset.undo, fields, article, () => {
      this.deck.remember(article);
      this.deck.recount(article);
    });
    showSteps(this.deck);
  }

  show() {
    if (this.deck.current && !this.deck.current.isConnected) showArticle(this.deck.current);
    showLeft(this.deck);
    showSteps(this.deck);
  }

  showNextOr(empty) {
    this.deck.current = this.deck.next();
    if (this.deck.current) return this.show();
    if (this.sender.line.length) return;
    if (!empty) return this.refill();
    if (empty !== this.empty || !stage.querySelector("[data-empty]")) showNone(empty);
    this.empty = empty;
    showSteps(this.deck);
  }

  async step(by) {
    if (!this.deck.current) return;
    let isHere = this.deck.step(by);
    if (!isHere) {
      const told = await this.fetch(by > 0 ? { want: AHEAD } : { before: this.deck.current.dataset.place, after: "" }, by < 0);
      if (!told) return this.tell({ text: text("Away"), tone: "warning" });
      isHere = this.deck.current && this.deck.step(by);
    }
    if (!isHere) return this.tell({ text: text(by > 0 ? "Last" : "First"), tone: "info" });
    this.show();
    say("");
    if (this.deck.lacks > 2) this.refill();
  }

  // Asks for products without a decision, one request after the other.
  async fetch(more = {}, before = false) {
    while (this.fetching) await this.fetching;
    this.fetching = this.load(more, before);
    const told = await this.fetching;
    this.fetching = null;
    return told;
  }

  // The answer; null while we are away, of which the page tells by itself.
  async load(more, before) {
    try {
      const query = new URLSearchParams({ ...this.asked(), ...more });
      const separator = stage.dataset.next.includes("?") ? "&" : "?";
      const response = await fetch(`${stage.dataset.next}${separator}${query}`, { redirect: "error" });
      const told = await response.json();
      this.take(told, before);
      this.count(told);
      return told;
    } catch {
      return null;
    }
  }

  async refill() {
    const told = await this.fetch();
    if (told && !this.deck.current) this.showNextOr(told.empty);
  }

  away(isAway) {
    if (isAway) this.tell({ text: text("Away"), tone: "warning", actions: [{ text: text("Retry"), click: () => this.sender.run() }] });
    else document.querySelector(".toast.warning")?.remove();
  }

  tell(message) {
    say(message.text);
    return showToast({ ...message, close: text("Close") });
  }

  // What the page learnt by itself: new products, and what became of the last decision.
  learn({ counts, reviews }) {
    const isIdle = !this.sender.line.length && !this.fetching;
    if (isIdle && stage.dataset.counted) this.deck.left = counts[stage.dataset.counted];
    if (isIdle) showLeft(this.deck);
    if (isIdle && this.deck.lacks && this.areMore(counts)) this.refill();
    this.noteOthers(reviews);
    const toast = document.querySelector(".toast[data-live-review]");
    const state = toast && reviews[toast.dataset.liveReview]?.state;
    if (state === "publishing" || state === "published") this.showFate(toast, state);
  }

  // Whether there may be products that are not here yet. How many a selection holds is not counted all the time.
  areMore(counts) {
    const all = counts[stage.dataset.counted || "pending"];
    if (stage.dataset.counted) return all > this.deck.known;
    const rose = all > (this.seen ?? Infinity);
    this.seen = all;
    return rose;
  }

  // Somebody else decided what is on screen. Told twice: an answer may be older than what was undone here.
  noteOthers(reviews) {
    const article = this.deck.current;
    const state = article?.querySelector("form.decide") && reviews[article.dataset.review]?.state;
    if (!state || state === "pending" || this.sender.line.length) return;
    article.dataset.elsewhere = Number(article.dataset.elsewhere ?? 0) + 1;
    if (article.dataset.elsewhere === "2") this.tell({ text: text("Elsewhere"), tone: "info", actions: [{ text: text("View"), href: article.dataset.path }] });
  }

  showFate(toast, state) {
    const id = toast.dataset.liveReview;
    this.deck.decided = this.deck.decided.filter((article) => article.dataset.review !== id);
    showSteps(this.deck);
    const ways = state === "published" ? [{ text: text("Revert"), href: `/review/${id}/revert` }] : [];
    replaceToastActions(toast, ways);
    if (state === "published" && toast.dataset.published) toast.querySelector("p").textContent = toast.dataset.published;
  }
}

function onSubmit(event) {
  const form = event.target;
  if (!form.matches("#stage form[data-decides]")) return;
  event.preventDefault();
  reviewing.decide(form, event.submitter);
}

function onClick(event) {
  const at = (selector) => event.target.closest(selector);
  const step = at(".steps a[data-key]");
  const thumb = at(".thumbs a");
  const heat = at("[data-heat]");
  if (step || thumb) event.preventDefault();
  if (step) reviewing.step(step.dataset.key === "j" ? 1 : -1);
  else if (thumb) showShot(thumb);
  else if (heat) toggleHeat(heat, () => reviewing.tell({ text: text("HeatFailed"), tone: "warning" }));
  else if (at("#undo")) reviewing.undo();
}

function onToggle(event) {
  if (event.target.matches?.("[data-similar]") && event.target.isConnected) keepSimilar(event.target);
}

function swiped(side) {
  return reviewing.deck.current?.querySelector(side === "right" ? "[data-key=a]" : "[data-key=s]");
}

const reviewing = new Reviewing();
stage.addEventListener("submit", onSubmit);
document.addEventListener("click", onClick);
stage.addEventListener("toggle", onToggle, true);
document.addEventListener("live", (event) => reviewing.learn(event.detail));
listenForSwipes(stage, (side) => Boolean(swiped(side)), (side) => swiped(side).click());
