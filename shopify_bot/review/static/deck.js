// The products that stand ready: one on screen, those ahead and behind, and those decided here, the latest last.
"use strict";

const AHEAD = 5;
const MOST_HELD = 150;
const MOST_UNDONE = 50;

class Deck {
  // `undoable` are decisions of before the page was loaded: elements that name a review and how it is undone.
  constructor(current, ahead, undoable, left) {
    Object.assign(this, { current, ahead, decided: undoable, left, behind: [], done: 0 });
  }

  get lacks() {
    return Math.max(0, AHEAD - this.ahead.length);
  }

  get known() {
    return this.ahead.length + this.behind.length + (this.current ? 1 : 0);
  }

  get lastPlace() {
    return (this.ahead.at(-1) ?? this.current ?? this.decided.at(-1))?.dataset.place ?? "";
  }

  // Ids of the products that are here, those whose decision is `unsent` among them.
  held(unsent) {
    const ids = [this.current, ...this.ahead, ...unsent, ...this.behind].filter(Boolean).map(idOf);
    return [...new Set(ids)].slice(0, MOST_HELD);
  }

  // The one on screen is decided: the next takes its place.
  goOn() {
    this.remember(this.current);
    this.done += 1;
    this.left = Math.max(0, this.left - 1);
    this.current = this.next();
  }

  next() {
    if (!this.ahead.length) this.ahead = this.behind.splice(0);
    return this.ahead.shift() ?? null;
  }

  remember(article) {
    this.forget(article);
    this.decided.push(article);
    if (this.decided.length > MOST_UNDONE) this.decided.shift();
  }

  forget(article) {
    this.decided = this.decided.filter((each) => idOf(each) !== idOf(article));
  }

  // A decision that was made on this page counts no more, or again.
  uncount(article) {
    if (article.matches("article")) this.done = Math.max(0, this.done - 1);
  }

  recount(article) {
    if (article.matches("article")) this.done += 1;
  }

  // Puts it on screen, before the one that is there.
  bring(article) {
    const isOther = (each) => idOf(each) !== idOf(article);
    [this.ahead, this.behind] = [this.ahead.filter(isOther), this.behind.filter(isOther)];
    if (this.current && isOther(this.current)) this.ahead.unshift(this.current);
    this.current = article;
  }

  // New ones behind the last, or `before` the first; what others decided meanwhile leaves.
  add(articles, gone, before = false) {
    const isOpen = (each) => !(gone.has(idOf(each)) && each.querySelector("form[data-decides]"));
    [this.ahead, this.behind] = [this.ahead.filter(isOpen), this.behind.filter(isOpen)];
    const here = new Set(this.held([]));
    const fresh = articles.filter((each) => !here.has(idOf(each)));
    if (before) this.behind.unshift(...fresh);
    else this.ahead.push(...fresh);
  }

  // The next or the previous one takes the place of the one on screen; false where there is none.
  step(by) {
    const found = by > 0 ? this.ahead.shift() : this.behind.pop();
    if (!found) return false;
    if (by > 0) this.behind.push(this.current);
    else this.ahead.unshift(this.current);
    this.current = found;
    return true;
  }
}

function idOf(article) {
  return article.dataset.review;
}
