"use strict";
(() => {
  const {articles, reasons, ...tables} = JSON.parse(document.getElementById("data").textContent);
  const KINDS = {indirect: "paraphrase", mixed: "fragment"};
  const number = new Intl.NumberFormat("en");
  const order = new Intl.Collator("en", {sensitivity: "base", numeric: true});
  const folded = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  /** An element with what is in it; texts stay texts. */
  const make = (name, properties = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key in made) made[key] = value;
      else made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null));
    return made;
  };
  const bdi = (words) => make("bdi", {}, words);
  const span = (first, last) => !first ? "no date" : first === last ? first : `${first} to ${last}`;
  const counted = (count, one) => `${number.format(count)} ${one}${count === 1 ? "" : "s"}`;

  /** Where something is printed: outlet, date, headline, the article's id. */
  const source = (at, ...more) => {
    const [id, outlet, date, title, address] = articles[at];
    const parts = [outlet, date, title && `“${title}”`].filter(Boolean).map(bdi);
    parts.push(address ? make("a", {href: address, rel: "noopener noreferrer external"}, bdi(id)) : bdi(id));
    parts.push(...more.filter(Boolean));
    return parts.flatMap((part, place) => place ? [" · ", part] : [part]);
  };

  /** The words around a quote, its own stressed. */
  const around = (context, words) => {
    const at = context.indexOf(words);
    if (at < 0) return [context];
    return [context.slice(0, at), make("strong", {}, words), context.slice(at + words.length)];
  };

  const quoted = ([at, words, kind, confidence, printed, context]) => {
    const told = [KINDS[kind], confidence < 1 && `confidence ${confidence.toFixed(2)}`, printed > 1 && `in ${counted(printed, "article")}`];
    return make("li", {},
      make("blockquote", {dir: "auto"}, kind === "indirect" ? words : `“${words}”`),
      context ? make("p", {className: "context", dir: "auto"}, ...around(context, words)) : null,
      make("p", {className: "note"}, ...source(at, ...told)));
  };

  const roleTold = ({text, status, first, last, articles: count}) => make("li", {},
    bdi(text), make("span", {className: "note"}, ` ${[status !== "current" && status, span(first, last), counted(count, "article")].filter(Boolean).join(" · ")}`));

  const facts = (...pairs) => make("dl", {}, ...pairs.filter(([, told]) => told).flatMap(([name, told]) => [make("dt", {}, name), make("dd", {}, ...[told].flat())]));

  const SHOWN = {
    voices: {
      cells: (row) => [1, 2, 3, 4, 5, 6, 7, 8].map((at) => row[at]),
      searched: (row) => [row[1], ...row[10], ...row[11].map((role) => role.text)].join("\n"),
      key: (row) => row[0],
      detail: (row) => {
        const [, , , , , printed] = row;
        const [sameAs, forms, roles, quotes] = row.slice(9);
        const parts = [facts(
          ["Forms of the name", bdi(forms.join(" · "))],
          ["Same as", sameAs && bdi(sameAs)],
          ["Roles", roles.length > 0 && make("ul", {}, ...roles.map(roleTold))],
          ["Key", bdi(row[0])])];
        if (quotes.length) {
          const all = quotes.length === printed ? counted(printed, "printed quote") : `The latest ${quotes.length} of ${number.format(printed)} printed quotes`;
          parts.push(make("h3", {}, all), make("ul", {className: "quotes"}, ...quotes.map(quoted)));
        } else parts.push(make("p", {className: "note"}, "This file has no room for the quotes of this voice. They are in the table appearances."));
        return parts;
      },
    },
    repeated: {
      cells: (row) => [`“${row[0]}”`, row[1] ?? "nobody known", row[2], row[3], row[4], row[5]],
      searched: (row) => `${row[0]}\n${row[1] ?? ""}`,
      links: (row) => [null, row[6]],
      detail: (row) => [
        make("h3", {}, row[7].length < row[2] ? `The first ${row[7].length} of ${counted(row[2], "article")}` : counted(row[2], "article")),
        make("ul", {className: "quotes"}, ...row[7].map((at) => make("li", {className: "note"}, ...source(at))))],
    },
    doubtful: {
      cells: (row) => [row[0], row[1], `${reasons[row[2]][0]}. ${reasons[row[2]][1]}`, row[3], row[4]],
      searched: (row) => `${row[0]}\n${row[1]}`,
      links: (row) => [row[5], row[6]],
    },
  };
  const voices = new Map(tables.voices.map((row) => [row[0], row]));

  /** The latest role of a voice, below its name. */
  const role = ([, , , , , , , , , , , roles]) => roles.length ? make("span", {className: "role"}, bdi(roles.at(-1).text)) : null;

  /** A table that is sorted, searched and turned by page; only the rows of its page are elements. */
  const browse = (element) => {
    const name = element.dataset.rows;
    const shown = SHOWN[name];
    const [search, size, status] = element.querySelectorAll("input, select, [role=status]");
    const body = element.querySelector("tbody");
    const heads = [...element.querySelectorAll("thead th")];
    const [before, place, after] = element.querySelectorAll(".pages > *");
    const rows = tables[name].map((row) => ({row, cells: shown.cells(row), words: null}));
    const open = new Set();
    let sorted = Number(element.dataset.sorted);
    let upward = false;
    let page = 0;
    let found = rows;

    const compare = (one, other) => {
      const [a, b] = [one.cells[sorted], other.cells[sorted]];
      if (a === null || b === null || a === "" || b === "") return Number(a === null || a === "") - Number(b === null || b === "");
      return (upward ? 1 : -1) * (typeof a === "number" ? a - b : order.compare(a, b));
    };
    const pages = () => Math.max(1, Math.ceil(found.length / Number(size.value)));

    const opened = (entry) => make("tr", {className: "detail"}, make("td", {colSpan: heads.length}, make("div", {className: "within"}, ...shown.detail(entry.row))));

    const toggle = (entry, button) => {
      const line = button.closest("tr");
      const now = !open.has(entry);
      if (now) open.add(entry);
      else open.delete(entry);
      line.classList.toggle("open", now);
      button.setAttribute("aria-expanded", String(now));
      if (now) line.after(opened(entry));
      else line.nextElementSibling.remove();
    };

    const filled = (entry, cell, at) => {
      const words = cell === null || cell === "" ? "–" : typeof cell === "number" ? number.format(cell) : cell;
      if (at === 0 && shown.detail) {
        const button = make("button", {type: "button", "aria-expanded": String(open.has(entry))}, bdi(words));
        button.addEventListener("click", () => toggle(entry, button));
        return [button, name === "voices" ? role(entry.row) : null];
      }
      const voice = voices.get(shown.links?.(entry.row)[at]);
      return voice ? [make("a", {href: `#voice=${encodeURIComponent(voice[0])}`}, bdi(words)), role(voice)] : [bdi(words)];
    };

    const line = (entry) => {
      const cells = entry.cells.map((cell, at) =>
        make(at ? "td" : "th", {className: heads[at].className, ...(at ? {} : {scope: "row"})}, ...filled(entry, cell, at).filter(Boolean)));
      const made = make("tr", {className: open.has(entry) ? "open" : ""}, ...cells);
      return open.has(entry) ? [made, opened(entry)] : [made];
    };

    const render = () => {
      page = Math.min(page, pages() - 1);
      const start = page * Number(size.value);
      const part = found.slice(start, start + Number(size.value));
      body.replaceChildren(...part.flatMap(line));
      if (!part.length) body.append(make("tr", {}, make("td", {colSpan: heads.length, className: "note"}, "Nothing is found.")));
      const of = found.length < rows.length ? ` of ${number.format(rows.length)}` : "";
      status.textContent = part.length ? `${number.format(start + 1)}–${number.format(start + part.length)} of ${number.format(found.length)}${of && ` found${of}`}` : `0 found${of}`;
      place.textContent = `Page ${number.format(page + 1)} of ${number.format(pages())}`;
      before.disabled = page === 0;
      after.disabled = page === pages() - 1;
      before.parentElement.hidden = pages() === 1;
      heads.forEach((head, at) => at === sorted ? head.setAttribute("aria-sort", upward ? "ascending" : "descending") : head.removeAttribute("aria-sort"));
    };
    const arrange = () => {
      const wanted = folded(search.value.trim()).split(/\s+/);
      found = rows.filter((entry) => {
        entry.words ??= folded(shown.searched(entry.row));
        return wanted.every((word) => entry.words.includes(word));
      });
      found.sort(compare);
      render();
    };
    const turn = (to) => {
      page = to;
      render();
      element.scrollIntoView({block: "start"});
    };

    heads.forEach((head, at) => head.firstElementChild.addEventListener("click", () => {
      upward = sorted === at ? !upward : typeof rows.find(({cells}) => cells[at] !== null)?.cells[at] !== "number";
      sorted = at;
      page = 0;
      arrange();
    }));
    search.addEventListener("input", () => { page = 0; arrange(); });
    size.addEventListener("change", () => { page = 0; render(); });
    before.addEventListener("click", () => turn(page - 1));
    after.addEventListener("click", () => turn(page + 1));
    arrange();

    /** Opens a row, wherever it is. */
    return (key) => {
      const entry = rows.find(({row}) => shown.key(row) === key);
      if (!entry) return;
      search.value = "";
      open.add(entry);
      found = [...rows].sort(compare);
      page = Math.floor(found.indexOf(entry) / Number(size.value));
      render();
      const button = body.querySelectorAll("th button")[found.indexOf(entry) % Number(size.value)];
      button.scrollIntoView({block: "start"});
      button.focus({preventScroll: true});
    };
  };

  const openers = new Map([...document.querySelectorAll(".browse")].map((element) => [element.dataset.rows, browse(element)]));
  const follow = () => {
    const voice = new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B")).get("voice");
    if (voice !== null) openers.get("voices")(voice);
  };
  addEventListener("hashchange", follow);
  document.addEventListener("click", ({target}) => {  // the link that is already in the address opens its voice again
    if (target.closest?.("a")?.hash === location.hash) follow();
  });
  follow();

  const numbers = document.querySelectorAll("details.numbers");
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...numbers].filter((details) => !details.open);
    closed.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((details) => { details.open = false; }));
})();
