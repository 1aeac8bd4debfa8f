/** The page: an article from the form to the server, and its answer shown. */

import { offerCopies, offerSnippets } from "./copying.js";
import { byId } from "./dom.js";
import { textOf, watchChoice, watchDrops } from "./files.js";
import { askBeforeLeaving, Own } from "./own.js";
import { showAnswer, watchReading } from "./reading.js";
import { Problem, requestFor } from "./request.js";
import { watchScheme } from "./scheme.js";
import { Sender, tell } from "./sending.js";
import { forget, showTrouble } from "./trouble.js";

const TEXT = /\.(?:txt|text|md)$/i;
const [write, read, problem, form, text] = ["write", "read", "problem", "form", "text"].map(byId);
const example = new URL("example.txt", import.meta.url);
const own = new Own(text);
const sender = new Sender(() => {
  tell("Stopped.");
  text.focus();
});

const fail = (error, retry) => {
  showTrouble(problem, error, retry);
  problem.scrollIntoView({ block: "nearest" });
};

/** Shows the form (with its text as it is) or what was read. */
function turnTo(section) {
  write.hidden = section !== write;
  read.hidden = section !== read;
}

/** Puts a text that can be had again into the field, and asks first where that takes the place of the reader's own; tells whether it did. */
function load(words) {
  if (own.isOwn && !confirm("This replaces the article in the form. Go on?")) return false;
  own.load(words);
  return true;
}

/** Sends the article; a language is given where the reader insists on it, and `without` is a part that the server does not give. */
async function send({ language, without } = {}) {
  const article = text.value;
  forget(problem);
  sender.stop();
  if (!article.trim()) {
    text.focus();
    tell("Paste or type an article first, or try the example.");
    return;
  }
  if (without) form.querySelector(`[name="include"][value="${without}"]`).checked = false;
  const request = requestFor(article, [...form.querySelectorAll('[name="include"]:checked')].map((box) => box.value), language);
  try {
    const answer = await sender.send("quotes", request);
    if (answer) show(request, answer);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    turnTo(write);
    fail(error, send);
  }
}

function show(request, answer) {
  turnTo(read);
  showAnswer(request.text, answer);
  offerCopies(byId("copies"), request, answer, { tell, fail });
  offerSnippets(byId("snippets"), "quotes", request, { tell });
  byId("read-title").focus();
  byId("spoken").textContent = byId("summary").textContent;
  requestAnimationFrame(() => setTimeout(() => performance.mark("quoteapi:shown"))); // after the frame that shows it
}

/** Reads a file and sends its text. */
async function take([file, ...others]) {
  const refuse = (detail) => fail(new Problem({ title: "This file cannot be read", detail }), () => {});
  if (others.length) return refuse("One article at a time: drop a single file.");
  if (file.type !== "text/plain" && !TEXT.test(file.name)) {
    return refuse(`“${file.name}” is no text file. Save the article as plain text (.txt), or paste it.`);
  }
  const { text: words, said } = await textOf(file);
  if (!load(words)) return;
  turnTo(write);
  tell(said);
  send();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
byId("again").addEventListener("click", () => {
  turnTo(write);
  forget(problem);
  text.focus();
});
byId("example").addEventListener("click", async () => {
  if (load(await (await fetch(example)).text())) send();
});
watchChoice(byId("file"), byId("open"), take);
watchDrops(take);
askBeforeLeaving(() => own.isOwn);
const narrow = matchMedia("(max-width: 48rem)");
const openFilters = () => (byId("filtering").open = !narrow.matches);
narrow.addEventListener("change", openFilters);
openFilters();
watchScheme(byId("scheme"));
watchReading();
