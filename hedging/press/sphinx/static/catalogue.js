/* The list of tables: a field that narrows it, and headings that sort it. Without a script it is the same list,
   grouped by subject. */
(() => {
  "use strict";
  const table = document.querySelector("table.catalogue");
  if (!table) return;
  const groups = [...table.tBodies];
  const rows = groups.map((group) => [...group.rows].filter((row) => !row.classList.contains("subject")));
  const flat = table.createTBody();
  const heads = [...table.tHead.rows[0].cells];

  const value = (row, column) => {
    const text = row.cells[column].textContent.trim();
    return text === "–" ? null : /^[\d,.]+$/.test(text) ? Number(text.replaceAll(",", "")) : text.toLowerCase();
  };
  const compare = (a, b) => a === b ? 0 : a === null ? 1 : b === null ? -1
    : typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");
  const restore = () => groups.forEach((group, i) => group.append(...rows[i]));
  const sort = (column) => {
    const turn = { none: "ascending", ascending: "descending", descending: "none" };
    const next = turn[heads[column].getAttribute("aria-sort") ?? "none"];
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    if (next !== "none") heads[column].setAttribute("aria-sort", next);
    if (next === "none") {
      restore();
    } else {
      const sign = next === "ascending" ? 1 : -1;
      const all = rows.flat().map((row) => [value(row, column), row]);
      all.sort(([a], [b]) => a === null || b === null ? compare(a, b) : sign * compare(a, b));
      flat.append(...all.map(([, row]) => row));
    }
    narrow();
  };

  const field = Object.assign(document.createElement("input"), { type: "search", placeholder: "Narrow the list" });
  field.className = "catalogue-search";
  field.setAttribute("aria-label", "Narrow the list of tables");
  const narrow = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    rows.flat().forEach((row) => {
      const text = `${row.textContent} ${row.dataset.subject}`.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    });
    groups.forEach((group) => { group.hidden = ![...group.rows].slice(1).some((row) => !row.hidden); });
  };
  field.addEventListener("input", narrow);
  table.parentElement.before(field);

  heads.forEach((head, column) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: head.textContent });
    button.addEventListener("click", () => sort(column));
    head.replaceChildren(button);
  });
})();
