// Categories and collections of the store, found while you type. The form works without this file.
"use strict";

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

function suggest(place) {
  const { search: url, name, unanswered, nothing, chosen } = place.dataset;
  const input = place.querySelector("input[type=search]");
  const told = place.querySelector("[data-told]");

  async function ask(text) {
    const response = await fetch(`${url}?q=${encodeURIComponent(text)}`, { redirect: "error" });
    return response.json();
  }

  function pick(found) {
    const options = document.querySelector(`[data-options="${name}"]`);
    const there = [...options.querySelectorAll("input")].find((radio) => radio.value === found.value);
    if (there) there.checked = true;
    else options.append(optionRow(name, found, options.children.length));
    input.value = "";
    told.textContent = chosen.replace("{text}", () => found.text);
    chooseKind(input);
  }

  const none = (text) => nothing.replace("{text}", () => text);
  const options = { ask, pick, none, unanswered, asksEmpty: name === "collection_id" };
  new Combobox(input, place.querySelector(".suggestions"), told, options);
}

// Typing into what belongs to a choice makes that choice.
function chooseKind(field) {
  const kind = field.closest("[data-kind]")?.dataset.kind;
  const radio = kind && document.querySelector(`[name=collection_kind][value=${kind}], [name=channels_of][value=${kind}]`);
  if (radio) radio.checked = true;
}

document.querySelectorAll("[data-search][data-name]").forEach(suggest);
document.addEventListener("change", (event) => event.target.matches("[data-kind] input:not([type=search])") && chooseKind(event.target));
