// Runs in the page before its own scripts: when was a key pressed, and when did the next product stand there?
// "There" means: it is another product than before, its picture is decoded, and a frame with it was drawn.
"use strict";
(() => {
  const kept = (name, otherwise) => JSON.parse(sessionStorage.getItem(name) ?? JSON.stringify(otherwise));
  const keep = (name, value) => sessionStorage.setItem(name, JSON.stringify(value));
  const mouse = ["mousedown", "pointerdown", "touchstart", "wheel"];
  const product = () => document.querySelector("#stage article.one");
  const identity = () => product()?.dataset.review ?? (document.querySelector("#stage [data-empty]") ? "none" : null);

  addEventListener("keydown", (event) => keep("pressed", performance.timeOrigin + event.timeStamp), true);
  for (const kind of mouse) addEventListener(kind, () => keep("mouse", kept("mouse", 0) + 1), true);

  const frame = () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = done; // comes once that frame was drawn
    channel.port2.postMessage(0);
  }));

  let looking = false;
  async function look() {
    if (looking) return;
    looking = true;
    try {
      for (let id = identity(); id !== null && id !== kept("shown", null); id = identity()) {
        const pressed = kept("pressed", null);
        const picture = product()?.querySelector("img");
        if (picture) await picture.decode().catch(() => undefined); // a broken one has its placeholder
        await frame();
        if (identity() !== id) continue;
        const took = pressed === null ? null : performance.timeOrigin + performance.now() - pressed;
        keep("seen", [...kept("seen", []), { id, took }]);
        keep("shown", id);
      }
    } finally {
      looking = false;
    }
  }
  const options = { subtree: true, childList: true, attributes: true, characterData: true };
  new MutationObserver(look).observe(document, options);
  addEventListener("DOMContentLoaded", look);
  addEventListener("load", look);
})();
