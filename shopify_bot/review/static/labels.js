// All labels of the model, asked for once and searched here as the server searches them: what is typed needs no request.
"use strict";

const SEARCH_MS = 40;
const MOST_LABELS = 12;
let allLabels = null;

async function askLabels(url, typed) {
  const response = await fetch(`${url}?q=${encodeURIComponent(typed)}`, { redirect: "error" });
  return response.json();
}

// All labels where nothing is typed, else the best matches. A model with too many labels to hold is asked each time.
async function findLabels(url, typed) {
  allLabels ??= askLabels(url, "");
  allLabels.catch(() => { allLabels = null; });
  const all = await allLabels;
  if (!typed) return all;
  return all.whole ? { found: bestLabels(all.found, typed), problem: null } : askLabels(url, typed);
}

function bestLabels(labels, typed) {
  const words = wordsOf(typed);
  const ranked = labels.map((label) => ({ label, rank: rankOf(label, words) })).filter(({ rank }) => rank !== null);
  ranked.sort((a, b) => a.rank - b.rank || a.label.text.length - b.label.text.length || (a.label.text < b.label.text ? -1 : 1));
  return ranked.slice(0, MOST_LABELS).map(({ label }) => label);
}

// Every word that was typed must begin a word: of the name, else of other names, else of the category.
function rankOf(label, words) {
  if (!words.length) return null;
  const name = spaced(label.text);
  const also = name + spaced(label.also);
  const fits = (all) => words.every((word) => all.includes(` ${word}`));
  if (fits(name)) return name.startsWith(` ${words[0]}`) ? 0 : 1;
  if (fits(also)) return 2;
  return fits(also + spaced(label.path)) ? 3 : null;
}

function wordsOf(text) {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}

function spaced(text) {
  return wordsOf(text).map((word) => ` ${word}`).join("");
}

// Makes the field of a product a combobox over the labels; choosing one sends its form. `leave` is called by Escape.
function searchLabels(input, text, leave) {
  const form = input.form;
  input.dataset.dressed = "yes";
  input.removeAttribute("list");
  const ask = (typed) => findLabels(input.dataset.search, typed);
  const none = (typed) => text("None", { text: typed });
  const pick = (found) => {
    input.value = found.value;
    form.requestSubmit();
  };
  const options = { ask, pick, none, leave, unanswered: text("SearchingFailed"), asksEmpty: true, marksFirst: true, pauseMs: SEARCH_MS };
  new Combobox(input, form.querySelector(".suggestions"), form.querySelector("[data-told]"), options);
}
