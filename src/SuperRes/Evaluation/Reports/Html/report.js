"use strict";
// Sorts a table by the clicked column; cells carry their number in data-v, and cells without one come last.
for (const button of document.querySelectorAll("th button")) {
  button.addEventListener("click", () => {
    const header = button.parentElement;
    const body = header.closest("table").tBodies[0];
    const column = header.cellIndex;
    const descends = header.getAttribute("aria-sort") !== "descending" && header.dataset.kind === "number"
      || header.getAttribute("aria-sort") === "ascending";
    const key = (row) => row.cells[column].dataset.v ?? row.cells[column].textContent;
    const compare = header.dataset.kind === "number"
      ? (a, b) => (key(a) === "") - (key(b) === "") || (descends ? key(b) - key(a) : key(a) - key(b)) || 0
      : (a, b) => (descends ? -1 : 1) * key(a).localeCompare(key(b), "en", { numeric: true });
    for (const other of header.parentElement.cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", descends ? "descending" : "ascending");
    body.append(...[...body.rows].sort(compare));
  });
}
