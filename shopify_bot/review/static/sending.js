// Sends decisions one after the other. While the network is away they wait in line, and none is lost or sent twice over.
"use strict";

class Sender {
  // A job is {url, fields, answered}; `also()` gives further fields at the moment of sending, `away(isAway)` is told
  // when nobody can be reached and when somebody can be again. Leaving the page takes along what is being sent already.
  constructor({ also, away }) {
    this.also = also;
    this.away = away;
    this.line = [];
    this.isAway = false;
    window.addEventListener("online", () => this.run());
    window.addEventListener("beforeunload", (event) => this.line.length > (this.isAway ? 0 : 1) && event.preventDefault());
  }

  push(job) {
    this.line.push(job);
    if (!this.isAway) this.run();
  }

  clear() {
    return this.line.splice(0);
  }

  // Takes jobs out of the line; to be called between two sendings, as `answered` is.
  drop(isUnwanted) {
    this.line = this.line.filter((job) => !isUnwanted(job));
  }

  async run() {
    if (this.running) return;
    this.running = true;
    clearTimeout(this.timer);
    while (this.line.length) {
      const job = this.line[0];
      const answer = await this.send(job);
      if (!answer) break;
      this.line.shift();
      job.answered(answer);
    }
    this.running = false;
  }

  // The answer; null when nobody answered, or nobody who could.
  async send(job) {
    const { url, fields } = job;
    const body = new URLSearchParams(fields);
    for (const [name, value] of Object.entries(this.also())) body.set(name, value);
    const headers = { Accept: "application/json" };
    let answer = null;
    try {
      const response = await fetch(url, { method: "POST", body, headers, redirect: "manual", keepalive: true });
      answer = await this.read(response, job);
    } catch {
      answer = null;
    }
    this.noteAway(!answer);
    return answer;
  }

  // An error of the server may pass; one that does not would hold up all others.
  async read(response, job) {
    if (response.type === "opaqueredirect" || response.status === 401) return { signedOut: true };
    if (response.status === 500) job.failures = (job.failures ?? 0) + 1;
    if (job.failures > Sender.MOST_FAILURES) return { failed: true };
    if (response.status >= 500 || response.status === 429) return null;
    const isJson = response.headers.get("Content-Type")?.includes("json");
    return isJson ? { told: await response.json() } : { failed: true };
  }

  noteAway(isAway) {
    if (isAway) this.timer = setTimeout(() => this.run(), Sender.AGAIN_MS);
    if (isAway !== this.isAway) this.away(isAway);
    this.isAway = isAway;
  }
}

Sender.AGAIN_MS = 2500;
Sender.MOST_FAILURES = 3;
