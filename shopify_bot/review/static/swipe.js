// Swiping a product on a touch screen: right and left, with a sign of what letting go would do.
"use strict";

const SWIPE_FROM_PX = 12;
const SWIPE_FAR_PX = 96;

// Calls `done("right" | "left")` when a finger let go far enough from where it touched `place`; `can(side)` may forbid it.
function listenForSwipes(place, can, done) {
  let from = null;

  // A finger on an enlarged picture moves the picture.
  function isZoomed() {
    return (window.visualViewport?.scale ?? 1) > 1.05;
  }

  function side(event) {
    const away = event.clientX - from.x;
    return away > 0 ? "right" : "left";
  }

  function show(away) {
    const article = from?.article;
    if (!article) return;
    article.classList.toggle("swiping", Math.abs(away) > 0);
    article.classList.toggle("far", Math.abs(away) >= SWIPE_FAR_PX);
    article.dataset.side = away > 0 ? "right" : "left";
    article.style.setProperty("--away", `${away}px`);
    article.style.setProperty("--near", String(Math.min(1, Math.abs(away) / SWIPE_FAR_PX)));
  }

  function begin(event) {
    const article = event.target.closest("article.one");
    if (!event.isPrimary) return end(); // two fingers zoom
    if (event.pointerType !== "touch" || isZoomed() || !article || event.target.closest("input, textarea, .suggestions, .thumbs")) return;
    from = { x: event.clientX, y: event.clientY, article, moving: false };
  }

  function move(event) {
    if (!from || !event.isPrimary) return;
    const away = event.clientX - from.x;
    if (!from.moving && Math.abs(away) < SWIPE_FROM_PX) return;
    if (!from.moving && Math.abs(event.clientY - from.y) > Math.abs(away)) return end();
    from.moving = true;
    show(can(side(event)) ? away : away / 6);
  }

  function end(event) {
    const was = from;
    if (was) show(0);
    from = null;
    if (!event || !was?.moving) return;
    const away = event.clientX - was.x;
    const to = away > 0 ? "right" : "left";
    if (Math.abs(away) >= SWIPE_FAR_PX && can(to)) done(to);
    swallowClick();
  }

  // A swipe that ends on a button is not a press of it.
  function swallowClick() {
    const swallow = (event) => { event.preventDefault(); event.stopPropagation(); };
    place.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => place.removeEventListener("click", swallow, { capture: true }), 0);
  }

  place.addEventListener("pointerdown", begin);
  place.addEventListener("pointermove", move);
  place.addEventListener("pointerup", end);
  place.addEventListener("pointercancel", () => end());
}
