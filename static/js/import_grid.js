// The grid of rows to mend: a changed cell sends its row, arrows move between rows, and the place
// where somebody types stays theirs when the server has answered.
const GRID = "[data-import-grid]";
let place = null; // {id, field, row} of the cell that had the focus

function remember(cell) {
  const row = cell.closest("tr");
  place = { id: cell.id, field: cell.name, row: [...row.parentElement.children].indexOf(row) };
}

function comeBack() {
  if (!place || document.activeElement !== document.body) return;
  const rows = [...document.querySelectorAll(`${GRID} tbody tr`)];
  const next = rows[Math.min(place.row, rows.length - 1)];
  const cell = document.getElementById(place.id)
    ?? next?.querySelector(`[name="${place.field}"][aria-invalid]`)
    ?? next?.querySelector("[aria-invalid]");
  cell?.focus();
  cell?.select();
}

document.addEventListener("change", (event) => {
  if (event.target.matches(`${GRID} input[form]`)) event.target.form.requestSubmit();
});

document.addEventListener("focusin", (event) => {
  if (event.target.matches(`${GRID} input[form]`)) remember(event.target);
  else if (!event.target.closest(GRID)) place = null;
});

document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !event.target.matches(`${GRID} input[form]`)) return;
  const row = event.target.closest("tr");
  const other = step > 0 ? row.nextElementSibling : row.previousElementSibling;
  const cell = other?.querySelector(`[name="${event.target.name}"]`) ?? other?.querySelector("input[form]");
  if (!cell) return;
  event.preventDefault();
  cell.focus();
  cell.select();
});

document.addEventListener("htmx:after:swap", comeBack);
