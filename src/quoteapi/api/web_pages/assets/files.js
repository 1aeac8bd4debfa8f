/** Files: texts from text files, chosen or dropped anywhere on the page. */

/** Calls `take` with the files that are chosen by a button and its hidden field. */
export function watchChoice(field, button, take) {
  button.addEventListener("click", () => field.click());
  field.addEventListener("change", async () => {
    if (field.files.length) await take([...field.files]);
    field.value = ""; // the same file may be chosen again
  });
}

/** Calls `take` with the files that are dropped on the page, and the element on which they are. */
export function watchDrops(take) {
  const dragged = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragover", (event) => {
    if (!dragged(event)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) document.body.classList.remove("dropping");
  });
  addEventListener("drop", async (event) => {
    if (!dragged(event)) return;
    event.preventDefault();
    document.body.classList.remove("dropping");
    await take([...event.dataTransfer.files], event.target);
  });
}

/** A file's text as UTF-8, or as what old word processors write, and what to say of it. */
export async function textOf(file) {
  const bytes = await file.arrayBuffer();
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), said: `“${file.name}” read.` };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), said: `“${file.name}” read as Windows-1252, since it is not UTF-8.` };
  }
}
