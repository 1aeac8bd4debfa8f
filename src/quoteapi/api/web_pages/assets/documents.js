/** Documents: the draft and the sources in the form, each a text with its format, a source with a name, too; and what is wrong with them, told at the field. */

import { element, fill } from "./dom.js";
import { FORMATS, formatOfText } from "./formats.js";
import { Own } from "./own.js";

const LONGEST_NAME = 256;

/** A document in the form. */
export class DocumentField {
  #isChosen = false; // whether the reader, or a file's suffix, set the format

  /** `key` begins the ids of its elements; `more` are further controls beside the format. */
  constructor(key, label, { placeholder, named = false, rows }, ...more) {
    this.key = key;
    this.label = element("label", { for: `${key}-text` }, label);
    this.text = this.#control("textarea", "text", { rows, spellcheck: "false", placeholder });
    this.format = this.#control("select", "format", {}, ...Object.entries(FORMATS).map(([value, name]) => element("option", { value }, name)));
    this.id = named ? this.#control("input", "id", { type: "text", maxlength: LONGEST_NAME, autocomplete: "off", placeholder: label }) : null;
    this.own = new Own(this.text);
    this.box = element("div", { class: "document", role: "group", "aria-label": label },
      element("div", { class: "start" }, this.label,
        element("div", { class: "actions" },
          this.id && element("label", { class: "part" }, "Name ", this.id), element("label", { class: "part" }, "Format ", this.format), ...more)),
      ...["id", "format"].filter((part) => this[part]).map((part) => this.#wrongs(part)),
      this.text, this.#wrongs("text"));
    this.format.addEventListener("change", () => (this.#isChosen = true));
    this.text.addEventListener("input", () => this.#isChosen || (this.format.value = formatOfText(this.text.value) ?? "text"));
  }

  #control(tag, part, attributes, ...children) {
    const control = element(tag, { id: `${this.key}-${part}`, "aria-describedby": `${this.key}-${part}-wrong`, ...attributes }, ...children);
    for (const kind of ["input", "change"]) control.addEventListener(kind, () => this.tell(part, null));
    return control;
  }

  #wrongs(part) {
    return element("p", { class: "wrong", id: `${this.key}-${part}-wrong`, hidden: true });
  }

  /** Whether it has no text. */
  get isEmpty() {
    return !this.text.value.trim();
  }

  /** Its text and format, as the API takes them. */
  get document() {
    return { text: this.text.value, format: this.format.value };
  }

  /** Gives it a text that can be had again, in a format, and a name. */
  load({ text, format, name = "" }) {
    this.own.load(text);
    this.format.value = format;
    this.#isChosen = true;
    if (this.id) this.id.value = name;
    this.forget();
  }

  /** Gives it another place in the list. */
  rename(label) {
    this.label.textContent = label;
    this.box.setAttribute("aria-label", label);
    if (this.id) this.id.placeholder = label;
  }

  /** Tells what is wrong with a part (`text`, `format`, `id`) at its control; null takes it away. */
  tell(part, words) {
    const place = this.box.querySelector(`#${this.key}-${part}-wrong`);
    if (!place) return;
    place.hidden = words === null;
    fill(place, words);
    if (words === null) this[part].removeAttribute("aria-invalid");
    else this[part].setAttribute("aria-invalid", "true");
  }

  /** Takes away all that was told. */
  forget() {
    for (const part of ["text", "format", "id"]) this.tell(part, null);
  }
}

/** The sources in the form: at least one, as many as the reader adds. */
export class SourceFields {
  #made = 0;
  #fields = [];

  constructor(list) {
    this.list = list;
    this.add();
  }

  /** Adds an empty source; gives it. */
  add() {
    const remove = element("button", { type: "button", class: "remove", "aria-label": "Remove" }, "×");
    const look = { placeholder: "Paste a transcript, a statement, an article or subtitles.", named: true, rows: 8 };
    const field = new DocumentField(`source-${++this.#made}`, `Source ${this.#fields.length + 1}`, look, remove);
    remove.addEventListener("click", () => this.#remove(field));
    this.#fields.push(field);
    this.#number();
    return field;
  }

  #remove(field) {
    if (field.own.isOwn && !confirm("This removes a source with its text. Go on?")) return;
    const place = this.#fields.indexOf(field);
    this.#fields.splice(place, 1);
    this.#number();
    (this.#fields[place] ?? this.#fields.at(-1)).text.focus();
  }

  #number() {
    for (const [index, field] of this.#fields.entries()) {
      field.rename(`Source ${index + 1}`);
      field.box.querySelector(".remove").setAttribute("aria-label", `Remove source ${index + 1}`);
    }
    for (const { box } of this.#fields) if (box.parentElement !== this.list) this.list.append(box);
    for (const box of [...this.list.children]) if (!this.#fields.some((field) => field.box === box)) box.remove();
    this.list.classList.toggle("one", this.#fields.length === 1);
  }

  /** Takes all away but an empty one. */
  clear() {
    this.#fields = [];
    this.add();
  }

  /** Puts a document that can be had again into the first source without a text. */
  load(loaded) {
    (this.#fields.find((field) => field.isEmpty) ?? this.add()).load(loaded);
  }

  /** The first. */
  get first() {
    return this.#fields[0];
  }

  /** Whether one has words that would be lost. */
  get isOwn() {
    return this.#fields.some((field) => field.own.isOwn);
  }

  /** Those with a text, in their order: the field, and the source as the API takes it, with the name by which the page calls it. */
  get filled() {
    return this.#fields
      .map((field) => ({ field, source: { id: field.id.value.trim() || field.label.textContent, ...field.document } }))
      .filter(({ field }) => !field.isEmpty);
  }

  /** Takes away what was told of them. */
  forget() {
    for (const field of this.#fields) field.forget();
  }
}

/**
 * Tells a problem's errors at the fields that their pointers name.
 *
 * Gives those fields' ids and names by the pointers.
 */
export function tellErrors(errors, draft, sources) {
  const places = new Map();
  for (const { pointer, words } of errors) {
    const [first, ...rest] = pointer.replace(/^#\//, "").split("/");
    const field = first === "draft" ? draft : first === "sources" ? sources[Number(rest.shift() ?? 0)]?.field : undefined;
    if (!field) continue;
    const part = field[rest[0]]?.id ? rest[0] : "text";
    field.tell(part, words);
    places.set(pointer, { id: field[part].id, name: nameOf(field, part) });
  }
  return places;
}

const nameOf = (field, part) => field.label.textContent + { text: "", id: ", name", format: ", format" }[part];
