/** Sending: one request at a time, a sign that it is waited for, and the button that stops it; and the line that says what was done. */

import { byId } from "./dom.js";
import { post } from "./request.js";

/** What sends a request to a path: gives its answer, null where it was stopped or another took its place; throws a Problem where there is none. */
export class Sender {
  #running = null;

  /** `onStop` is told when the reader stops it. */
  constructor(onStop) {
    byId("stop").addEventListener("click", () => {
      this.stop();
      onStop();
    });
  }

  async send(path, request) {
    this.stop();
    const control = new AbortController();
    this.#running = control;
    byId("waiting").hidden = false;
    try {
      const body = await post(path, request, { signal: control.signal });
      performance.mark("quoteapi:answered");
      return JSON.parse(body);
    } catch (error) {
      if (error.name === "AbortError") return null;
      throw error;
    } finally {
      if (this.#running === control) this.#end();
    }
  }

  /** Stops what is waited for, if anything is. */
  stop() {
    this.#running?.abort();
    this.#end();
  }

  #end() {
    this.#running = null;
    byId("waiting").hidden = true;
  }
}

/** Says what was done, until the reader does something else. */
export const tell = (words) => (byId("status").textContent = words);
for (const kind of ["pointerdown", "keydown", "wheel"]) addEventListener(kind, () => tell(""), { capture: true, passive: true });
