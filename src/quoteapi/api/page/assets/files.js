/** Files: an article from a text file, chosen or dropped anywhere on the page. */

const TEXT = /\.(?:txt|text|md)$/i;

/** Watches a file field, its button and the whole page. `take` is given a text and what to say of it, `refuse` why there is none. */
export function watchFiles(field, button, { take, refuse }) {
  const read = async (file) => {
    if (file.type !== "text/plain" && !TEXT.test(file.name)) {
      refuse(`“${file.name}” is no text file. Save the article as plain text (.txt), or paste it.`);
      return;
    }
    const { text, encoding } = decoded(await file.arrayBuffer());
    take(text, `“${file.name}” read${encoding}.`);
  };
  button.addEventListener("click", () => field.click());
  field.addEventListener("change", async () => {
    if (field.files.length) await read(field.files[0]);
    field.value = ""; // the same file may be chosen again
  });
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
    if (event.dataTransfer.files.length > 1) refuse("One article at a time: drop a single file.");
    else await read(event.dataTransfer.files[0]);
  });
}

/** Bytes as UTF-8, or as what old word processors write. */
function decoded(bytes) {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), encoding: "" };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), encoding: " as Windows-1252, since it is not UTF-8" };
  }
}
