/** The page at /check: a draft and its sources from the form to the server, and what came of each quote shown. */

import { Checked } from "./checked.js";
import { draft as exampleDraft, sources as exampleSources } from "./check-example.js";
import { copied } from "./clipboard.js";
import { offerSnippets } from "./copying.js";
import { DocumentField, SourceFields, tellErrors } from "./documents.js";
import { byId, element, fill } from "./dom.js";
import { textOf, watchChoice, watchDrops } from "./files.js";
import { ACCEPTED, formatOfFile } from "./formats.js";
import { askBeforeLeaving } from "./own.js";
import { reportOf } from "./report.js";
import { Problem, verificationFor } from "./request.js";
import { watchScheme } from "./scheme.js";
import { Sender, tell } from "./sending.js";
import { capital } from "./statuses.js";
import { forget, showTrouble, wordsOf } from "./trouble.js";

const [write, read, problem] = ["write", "read", "problem"].map(byId);
const open = element("button", { type: "button" }, "Open a file…");
const draft = new DocumentField("draft", "The draft", { placeholder: "Paste or type the draft.", rows: 20 }, open);
const sources = new SourceFields(byId("sources"));
const checked = new Checked();
const sender = new Sender(() => {
  tell("Stopped.");
  draft.text.focus();
});

const fail = (error, retry, places) => {
  showTrouble(problem, error, retry, places);
  problem.scrollIntoView({ block: "nearest" });
};

/** Shows the form, with its texts as they are, or what came of them. */
function turnTo(section) {
  write.hidden = section !== write;
  read.hidden = section !== read;
}

function forgetTrouble() {
  forget(problem);
  draft.forget();
  sources.forget();
}

/** Asks for a text that is missing; tells whether one is. */
function isMissing() {
  const [field, words] = draft.isEmpty ? [draft, "Paste or type a draft first, or try the example."] : [sources.first, "Give at least one source."];
  if (!draft.isEmpty && sources.filled.length) return false;
  field.text.focus();
  tell(words);
  return true;
}

/** Sends draft and sources; a language is given where the reader insists on it. */
async function send({ language } = {}) {
  forgetTrouble();
  sender.stop();
  if (isMissing()) return;
  const sent = sources.filled;
  const request = verificationFor(draft.document, sent.map(({ source }) => source), language);
  try {
    const answer = await sender.send("verify", request);
    if (answer) show(request, answer);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    turnTo(write);
    const errors = error.errors.map((one) => ({ pointer: one.pointer, words: wordsOf(error, one) }));
    const places = tellErrors(errors, draft, sent);
    fail(error, send, places);
    if (places.size) byId([...places.values()][0].id).focus();
  }
}

function show(request, answer) {
  turnTo(read);
  checked.show(request, answer);
  const copy = (name, text) => {
    const button = element("button", { type: "button" }, `Copy ${name === "JSON" ? name : `the ${name}`}`);
    button.addEventListener("click", async () => tell(capital(await copied(Promise.resolve(text()), name))));
    return button;
  };
  fill(byId("copies"), copy("report", () => reportOf(answer)), copy("JSON", () => JSON.stringify(answer, null, 2)));
  offerSnippets(byId("snippets"), "verify", request, { tell });
  byId("read-title").focus();
  scrollTo(0, 0);
}

/** What a file holds, as a field takes it; null, and the reader told, where it is no text. */
async function documentOf(file) {
  const format = formatOfFile(file);
  if (format === null) {
    const detail = `“${file.name}” is neither text, HTML, SubRip nor WebVTT. Save it as one of these, or paste its text.`;
    fail(new Problem({ title: "This file cannot be read", detail }), () => {});
    return null;
  }
  const { text, said } = await textOf(file);
  tell(said);
  return { text, format, name: file.name };
}

async function takeDraft([file, ...others]) {
  turnTo(write);
  if (others.length) return fail(new Problem({ title: "One draft at a time", detail: "Drop a single file here; the sources are beside it." }), () => {});
  const loaded = await documentOf(file);
  if (loaded && !(draft.own.isOwn && !confirm("This replaces the draft in the form. Go on?"))) draft.load(loaded);
}

async function takeSources(files) {
  turnTo(write);
  for (const file of files) {
    const loaded = await documentOf(file);
    if (loaded) sources.load(loaded);
  }
}

byId("draft").append(draft.box);
for (const id of ["file", "files"]) byId(id).accept = ACCEPTED;
watchChoice(byId("file"), open, takeDraft);
watchChoice(byId("files"), byId("open-sources"), takeSources);
watchDrops((files, target) => (byId("draft").contains(target) ? takeDraft(files) : takeSources(files)));
byId("add").addEventListener("click", () => sources.add().text.focus());
byId("form").addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
byId("again").addEventListener("click", () => {
  turnTo(write);
  forgetTrouble();
  draft.text.focus();
});
byId("example").addEventListener("click", () => {
  if ((draft.own.isOwn || sources.isOwn) && !confirm("This replaces the draft and the sources in the form. Go on?")) return;
  draft.load(exampleDraft);
  sources.clear();
  exampleSources.forEach((source) => sources.load(source));
  send();
});
askBeforeLeaving(() => draft.own.isOwn || sources.isOwn);
watchScheme(byId("scheme"));
