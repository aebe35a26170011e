// The page of a bulk action: shows its end, and how long it can be undone. It works without this file.
"use strict";

{
  const place = document.querySelector("[data-live-bulk]");
  const countdown = document.querySelector("[data-countdown]");

  document.addEventListener("live", ({ detail }) => {
    const bulk = detail.bulk[place?.dataset.liveBulk];
    if (bulk?.finished && !("wasFinished" in place.dataset)) location.reload();
  });

  if (countdown) {
    const ends = Date.now() + Number(countdown.textContent) * 1000;
    const timer = setInterval(() => {
      const left = Math.max(0, Math.ceil((ends - Date.now()) / 1000));
      countdown.textContent = String(left);
      if (left === 0) {
        clearInterval(timer);
        setTimeout(() => location.reload(), 1500);
      }
    }, 250);
  }
}
