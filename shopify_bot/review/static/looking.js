// Why the model thinks so, on demand: where it looked, and what was decided of products like this one.
"use strict";

// The most similar products that are decided already, asked for once; `failed` is said when they do not come.
async function showSimilar(place, failed) {
  if (place.dataset.asked) return;
  place.dataset.asked = "yes";
  const here = place.querySelector(".similar-here");
  try {
    const response = await fetch(place.dataset.similar, { redirect: "error" });
    if (!response.ok) throw new Error(String(response.status));
    here.innerHTML = await response.text();
  } catch {
    delete place.dataset.asked;
    here.textContent = failed;
  }
}

// Lays the heat map over the picture, or takes it away; `failed` is called when there is none.
function toggleHeat(button, failed) {
  const shot = button.closest("article").querySelector(".shot");
  const there = shot.querySelector(".heat");
  const isOn = button.getAttribute("aria-pressed") === "true";
  button.setAttribute("aria-pressed", String(!isOn));
  shot.classList.toggle("heated", !isOn);
  if (location.hash && !isOn) location.replace(`#${shot.id}`);
  if (there || isOn) return;
  const image = Object.assign(new Image(), { className: "heat", alt: "", src: button.dataset.heat });
  shot.classList.add("busy");
  image.onload = () => shot.classList.remove("busy");
  image.onerror = () => {
    shot.classList.remove("busy", "heated");
    image.remove();
    button.setAttribute("aria-pressed", "false");
    failed();
  };
  shot.append(image);
}
