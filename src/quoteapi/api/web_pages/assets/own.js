/** Own words: what a reader typed or pasted into fields, which no file, example or reload takes away without asking. */

/** A field, and whether it holds words of the reader's own. */
export class Own {
  /** What it holds that can be had again: a file's text, the example. */
  #loaded = "";

  constructor(field) {
    this.field = field;
  }

  /** Whether the field holds what would be lost. */
  get isOwn() {
    return this.field.value.trim() !== "" && this.field.value !== this.#loaded;
  }

  /** Puts a text that can be had again into the field. */
  load(words) {
    this.field.value = words;
    this.#loaded = this.field.value; // which has the line ends of a field
  }
}

/** Makes the browser ask before the page is left while there are words that would be lost. */
export function askBeforeLeaving(isOwn) {
  addEventListener("beforeunload", (event) => isOwn() && event.preventDefault());
}
