// Suggestions while you type, after the combobox pattern of the ARIA guide. The forms work without this file.
"use strict";

class Combobox {
  // `ask(text)` resolves to {found: [{value, text, note, can}], problem}; `pick(found)` takes the one chosen;
  // `unanswered` is said when it cannot be asked, `none(text)` when nothing fits. With `asksEmpty` it lists without a
  // text, with `marksFirst` Enter takes the best match; Escape empties it and calls `leave`, where given.
  constructor(input, list, told, { ask, pick, unanswered, none, asksEmpty, marksFirst, leave, pauseMs = 250 }) {
    Object.assign(this, { input, list, told, ask, pick, unanswered, none, asksEmpty, marksFirst, leave, pauseMs });
    this.found = [];
    this.current = -1;
    this.asked = 0;
    this.prepare();
  }

  prepare() {
    const says = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(says)) this.input.setAttribute(name, value);
    this.list.setAttribute("role", "listbox");
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("focus", () => this.asksEmpty && !this.input.value && this.look());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose([...this.list.children].indexOf(event.target.closest("li"))));
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), this.pauseMs);
  }

  async look() {
    clearTimeout(this.timer);
    const number = ++this.asked;
    const text = this.input.value.trim();
    if (!text && !this.asksEmpty) return this.close();
    const answer = await this.ask(text).catch(() => ({ found: [], problem: this.unanswered }));
    if (number === this.asked && document.activeElement === this.input) this.show(answer, text);
  }

  show(answer, text) {
    this.found = answer.found;
    this.shown = text;
    this.list.replaceChildren(...this.found.map((found, number) => this.suggestion(found, number)));
    this.list.scrollTop = 0;
    const count = this.found.length;
    this.mark(this.marksFirst && text && count ? 0 : -1);
    this.told.textContent = answer.problem ?? (count ? "" : this.none(text));
    this.expand(count > 0);
  }

  suggestion(found, number) {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${number}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    if (!found.can) item.setAttribute("aria-disabled", "true");
    const text = document.createElement("bdi");
    text.textContent = found.text;
    item.append(text);
    if (found.note) {
      const note = document.createElement("span");
      note.className = "none";
      note.textContent = found.note;
      item.append(" ", note);
    }
    return item;
  }

  mark(number) {
    this.current = number;
    [...this.list.children].forEach((item, each) => item.setAttribute("aria-selected", String(each === number)));
    const item = this.list.children[number];
    if (item) this.input.setAttribute("aria-activedescendant", item.id);
    else this.input.removeAttribute("aria-activedescendant");
    item?.scrollIntoView({ block: "nearest" });
  }

  onKey(event) {
    if (event.key === "Escape" && this.leave) this.giveUp();
    else if (event.key === "Escape" && !this.list.hidden) this.close();
    else if (event.key === "Enter") this.onEnter();
    else if (event.key === "ArrowDown" && this.list.hidden) this.look();
    else if (event.key === "ArrowDown") this.step(1);
    else if (event.key === "ArrowUp" && !this.list.hidden) this.step(-1);
    else return;
    event.preventDefault();
  }

  // One key leads back to the page, whose keys would be typed here otherwise.
  giveUp() {
    this.input.value = "";
    this.told.textContent = "";
    this.close();
    this.leave();
  }

  async onEnter() {
    const isOld = this.list.hidden || (this.marksFirst && this.shown !== this.input.value.trim());
    if (isOld) await this.look();
    if (!isOld || this.marksFirst) this.choose(this.current);
  }

  step(by) {
    const count = this.found.length;
    for (let away = 1; away <= count; away += 1) {
      const number = (Math.max(this.current, by > 0 ? -1 : 0) + by * away + count * away) % count;
      if (this.found[number].can) return this.mark(number);
    }
  }

  choose(number) {
    const found = this.found[number];
    if (!found?.can) return;
    this.pick(found);
    this.close();
  }

  expand(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.expand(false);
    this.mark(-1);
  }
}
