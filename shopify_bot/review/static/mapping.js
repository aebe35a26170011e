// Suggestions while you type, after the combobox pattern of the ARIA guide. The form works without this file.
"use strict";

const PAUSE_MS = 250;

function optionRow(name, found, number) {
  const row = document.createElement("li");
  row.className = "tick";
  const radio = document.createElement("input");
  Object.assign(radio, { type: "radio", name, value: found.value, id: `${name}-picked-${number}`, checked: true });
  const label = document.createElement("label");
  label.htmlFor = radio.id;
  const text = document.createElement("bdi");
  text.textContent = found.text;
  label.append(text);
  row.append(radio, label);
  return row;
}

class Combobox {
  constructor(place) {
    this.url = place.dataset.search;
    this.name = place.dataset.name;
    this.input = place.querySelector("input[type=search]");
    this.list = place.querySelector(".suggestions");
    this.told = place.querySelector("[data-told]");
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
    this.input.addEventListener("focus", () => this.name === "collection_id" && !this.input.value && this.ask());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.pick([...this.list.children].indexOf(event.target.closest("li"))));
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  async ask() {
    const number = ++this.asked;
    const text = this.input.value.trim();
    if (!text && this.name !== "collection_id") return this.close();
    let answer;
    try {
      const response = await fetch(`${this.url}?q=${encodeURIComponent(text)}`, { redirect: "error" });
      answer = await response.json();
    } catch {
      answer = { found: [], problem: "We could not be reached. Search with the button instead." };
    }
    if (number === this.asked && document.activeElement === this.input) this.show(answer, text);
  }

  show(answer, text) {
    this.found = answer.found;
    this.list.replaceChildren(...this.found.map((found, number) => this.suggestion(found, number)));
    this.mark(-1);
    const count = this.found.length;
    this.told.textContent = answer.problem ?? (count ? "" : `Nothing is found for “${text}”.`);
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
    if (event.key === "Escape" && !this.list.hidden) this.close();
    else if (event.key === "Enter") this.list.hidden ? this.ask() : this.pick(this.current);
    else if (event.key === "ArrowDown" && this.list.hidden) this.ask();
    else if (event.key === "ArrowDown") this.step(1);
    else if (event.key === "ArrowUp" && !this.list.hidden) this.step(-1);
    else return;
    event.preventDefault();
  }

  step(by) {
    const count = this.found.length;
    for (let away = 1; away <= count; away += 1) {
      const number = (Math.max(this.current, by > 0 ? -1 : 0) + by * away + count * away) % count;
      if (this.found[number].can) return this.mark(number);
    }
  }

  pick(number) {
    const found = this.found[number];
    if (!found?.can) return;
    const options = document.querySelector(`[data-options="${this.name}"]`);
    const there = [...options.querySelectorAll("input")].find((radio) => radio.value === found.value);
    if (there) there.checked = true;
    else options.append(optionRow(this.name, found, options.children.length));
    this.input.value = "";
    this.told.textContent = `Chosen: ${found.text}`;
    chooseKind(this.input);
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

// Typing into what belongs to a choice makes that choice.
function chooseKind(field) {
  const kind = field.closest("[data-kind]")?.dataset.kind;
  const radio = kind && document.querySelector(`[name=collection_kind][value=${kind}], [name=channels_of][value=${kind}]`);
  if (radio) radio.checked = true;
}

document.querySelectorAll("[data-search]").forEach((place) => new Combobox(place));
document.addEventListener("change", (event) => event.target.matches("[data-kind] input:not([type=search])") && chooseKind(event.target));
