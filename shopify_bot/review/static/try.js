// A picture dropped or pasted, and a look at it before it is sent. The form works without this file.
"use strict";

{
  const form = document.querySelector("[data-try]");
  const input = form.querySelector("input[type=file]");
  const address = form.querySelector("input[name=address]");
  const drop = form.querySelector("[data-drop]");
  const preview = form.querySelector("[data-preview]");
  const wrong = form.querySelector("[data-wrong]");
  const busy = form.querySelector("[data-busy]");
  const SIDE = 320;
  let depth = 0;

  const isPicture = (file) => file.type.startsWith("image/");

  function choose(files) {
    const file = [...files].find(isPicture);
    if (!file) return false;
    const chosen = new DataTransfer();
    chosen.items.add(file);
    input.files = chosen.files;
    show();
    return true;
  }

  async function show() {
    const file = input.files[0];
    const isTooLarge = Boolean(file) && file.size > Number(input.dataset.most);
    wrong.hidden = !isTooLarge;
    wrong.textContent = isTooLarge ? input.dataset.tooLarge : "";
    if (isTooLarge) input.value = "";
    preview.hidden = true;
    drop.classList.remove("chosen");
    if (!file || isTooLarge) return;
    address.value = "";
    try {
      draw(await createImageBitmap(file, { imageOrientation: "from-image" }));
    } catch {
      // the browser cannot show it; the worker may be able to read it all the same
    }
    drop.classList.add("chosen");
  }

  function draw(picture) {
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    preview.width = Math.max(1, Math.round(picture.width * scale));
    preview.height = Math.max(1, Math.round(picture.height * scale));
    preview.getContext("2d").drawImage(picture, 0, 0, preview.width, preview.height);
    preview.hidden = false;
    picture.close();
  }

  function lit(change) {
    depth = Math.max(0, depth + change);
    drop.classList.toggle("over", depth > 0);
  }

  input.addEventListener("change", show);
  drop.addEventListener("dragenter", () => lit(1));
  drop.addEventListener("dragleave", () => lit(-1));
  drop.addEventListener("dragover", (event) => event.preventDefault());
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    lit(-depth);
    const link = event.dataTransfer.getData("text/uri-list").split("\n")[0].trim();
    if (!choose(event.dataTransfer.files) && /^https?:/.test(link)) address.value = link;
  });
  document.addEventListener("paste", (event) => {
    if (choose(event.clipboardData.files)) event.preventDefault();
    else if (!event.target.closest("input")) {
      const text = event.clipboardData.getData("text").trim();
      if (/^https?:\/\/\S+$/.test(text)) address.value = text;
    }
  });
  form.addEventListener("submit", () => { busy.hidden = false; });
  window.addEventListener("pageshow", () => { busy.hidden = true; });
  if (input.files.length) show();
}
