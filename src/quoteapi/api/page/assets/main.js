/** The page: an article from the form to the server, and its answer shown. */

import { offerCopies, offerSnippets } from "./copying.js";
import { byId } from "./dom.js";
import { watchFiles } from "./files.js";
import { showAnswer, watchReading } from "./reading.js";
import { Problem, post, requestFor } from "./request.js";
import { watchScheme } from "./scheme.js";
import { forget, showTrouble } from "./trouble.js";

const [write, read, waiting, problem, form, text] = ["write", "read", "waiting", "problem", "form", "text"].map(byId);
const example = new URL("example.txt", import.meta.url);
let running = null;
let loaded = ""; // what the field holds that can be had again: a file's text, the example

/** Says what was done, until the reader does something else. */
const tell = (words) => (byId("status").textContent = words);
for (const kind of ["pointerdown", "keydown", "wheel"]) addEventListener(kind, () => tell(""), { capture: true, passive: true });

const fail = (error, retry) => {
  showTrouble(problem, error, retry);
  problem.scrollIntoView({ block: "nearest" });
};

/** Shows the form (with its text as it is) or what was read. */
function turnTo(section) {
  write.hidden = section !== write;
  read.hidden = section !== read;
}

/** Whether the field holds what would be lost: words that the reader typed or pasted. */
const isOwn = () => text.value.trim() !== "" && text.value !== loaded;

/** Puts a text that can be had again into the field, and asks first where that takes the place of the reader's own; tells whether it did. */
function load(words) {
  if (isOwn() && !confirm("This replaces the article in the form. Go on?")) return false;
  loaded = words;
  text.value = words;
  loaded = text.value; // which has the line ends of a field
  return true;
}

/** Sends the article; a language is given where the reader insists on it, and `without` is a part that the server does not give. */
async function send({ language, without } = {}) {
  const article = text.value;
  forget(problem);
  running?.abort();
  if (!article.trim()) {
    text.focus();
    tell("Paste or type an article first, or try the example.");
    return;
  }
  if (without) form.querySelector(`[name="include"][value="${without}"]`).checked = false;
  const request = requestFor(article, [...form.querySelectorAll('[name="include"]:checked')].map((box) => box.value), language);
  const control = new AbortController();
  running = control;
  waiting.hidden = false;
  try {
    const body = await post(request, { signal: control.signal });
    performance.mark("quoteapi:answered");
    show(request, JSON.parse(body));
  } catch (error) {
    if (error.name === "AbortError") return;
    if (!(error instanceof Problem)) throw error;
    turnTo(write);
    fail(error, send);
  } finally {
    if (running === control) {
      running = null;
      waiting.hidden = true;
    }
  }
}

function show(request, answer) {
  turnTo(read);
  showAnswer(request.text, answer);
  offerCopies(byId("copies"), request, answer, { tell, fail });
  offerSnippets(byId("snippets"), request, { tell });
  byId("read-title").focus();
  byId("spoken").textContent = byId("summary").textContent;
  requestAnimationFrame(() => setTimeout(() => performance.mark("quoteapi:shown"))); // after the frame that shows it
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
byId("stop").addEventListener("click", () => {
  running?.abort();
  tell("Stopped.");
  text.focus();
});
byId("again").addEventListener("click", () => {
  turnTo(write);
  forget(problem);
  text.focus();
});
byId("example").addEventListener("click", async () => {
  if (load(await (await fetch(example)).text())) send();
});
watchFiles(byId("file"), byId("open"), {
  take: (words, said) => {
    if (!load(words)) return;
    turnTo(write);
    tell(said);
    send();
  },
  refuse: (detail) => fail(new Problem({ title: "This file cannot be read", detail }), () => {}),
});
addEventListener("beforeunload", (event) => isOwn() && event.preventDefault());
const narrow = matchMedia("(max-width: 48rem)");
const openFilters = () => (byId("filtering").open = !narrow.matches);
narrow.addEventListener("change", openFilters);
openFilters();
watchScheme(byId("scheme"));
watchReading();
