// Lists: a row opens on click and on Enter; selecting rows shows the bulk bar.
// <tr data-href="…">, <input data-row-tick name="id">, <input data-tick-all>, and components/bulk_bar.html.
const INTERACTIVE = "a, button, input, label, select, summary, textarea";

document.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-href]");
  if (!row || event.target.closest(INTERACTIVE) || String(getSelection())) return;
  if (event.ctrlKey || event.metaKey) window.open(row.dataset.href, "_blank");
  else location.assign(row.dataset.href);
});

document.addEventListener("keydown", (event) => {
  const row = event.target.closest?.("tr[data-href]");
  if (event.key === "Enter" && row && event.target.matches("[data-row-tick]")) {
    event.preventDefault(); // Enter opens, it never sends the bulk form
    location.assign(row.dataset.href);
  }
});

function redraw(list) {
  const ticks = [...list.querySelectorAll("[data-row-tick]")];
  const chosen = ticks.filter((tick) => tick.checked);
  const bar = list.querySelector("[data-bulk]");
  const whole = list.querySelector("[data-tick-all]");
  const everything = list.querySelector("[data-bulk-everything]");
  for (const tick of ticks) tick.closest("tr")?.classList.toggle("sel", tick.checked);
  if (whole) {
    whole.checked = ticks.length > 0 && chosen.length === ticks.length;
    whole.indeterminate = chosen.length > 0 && chosen.length < ticks.length;
  }
  if (everything && chosen.length < ticks.length) everything.checked = false;
  if (!bar) return;
  bar.hidden = chosen.length === 0;
  const number = everything?.checked ? bar.dataset.total : chosen.length;
  for (const place of bar.querySelectorAll("[data-bulk-count]")) place.textContent = number;
}

document.addEventListener("change", (event) => {
  const list = event.target.closest("[data-list]");
  if (!list) return;
  const ticks = list.querySelectorAll("[data-row-tick]");
  if (event.target.matches("[data-tick-all]") || (event.target.matches("[data-bulk-everything]") && event.target.checked)) {
    for (const tick of ticks) tick.checked = event.target.checked;
  }
  redraw(list);
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-bulk-clear]")) return;
  const list = event.target.closest("[data-list]");
  for (const tick of list.querySelectorAll("[data-row-tick]")) tick.checked = false;
  redraw(list);
});

const redrawAll = () => document.querySelectorAll("[data-list]").forEach(redraw);
addEventListener("pageshow", redrawAll); // back restores the ticks
document.addEventListener("htmx:after:swap", redrawAll);
