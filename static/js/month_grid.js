// The grid of a month: each cell saves itself and says so; arrows and Enter move, Esc restores, N asks why
// there is nothing. <table data-month-grid data-token>, <tr data-figures data-version>, <tr data-nothing>.
// Cells come read-only, so that nobody types where nothing would be saved; this module opens them.
import { inTurn, inputsIn, mark, move, refreshSoon, say, saySaved, sayUnsaved, send, stepOf } from "./cells.js";

const grid = document.querySelector("[data-month-grid]");
const saved = new WeakMap(); // input → the value the server has
const waiting = new Set(); // inputs that could not be saved

const inputs = () => inputsIn(grid);
const post = (address, fields) => send(grid, address, fields, { "X-Month-Grid": "1" });

function enqueue(input) {
  const row = input.closest("tr");
  inTurn(row, () => save(input, row));
}

async function save(input, row) {
  const typed = input.value;
  mark(input, "saving");
  say("half", "กำลังบันทึก");
  try {
    const response = await post(row.dataset.figures, { [input.name]: typed, version: row.dataset.version });
    const answer = await response.json();
    waiting.delete(input);
    if (response.ok) settle(input, row, typed, answer);
    else refuse(input, row, response.status, answer);
  } catch (error) {
    waiting.add(input);
    mark(input, "wait");
    tellWaiting(error.message === "signed out");
  }
}

function settle(input, row, typed, { version, question }) {
  row.dataset.version = version;
  saved.set(input, typed);
  mark(input, question ? "ask" : "saved", question);
  if (question) say("warn", `${input.getAttribute("aria-label")} ${typed}: ${question}`);
  else if (waiting.size) tellWaiting(false);
  else saySaved();
  refreshSoon();
}

function refuse(input, row, status, { message, figures, version }) {
  mark(input, "clash", message);
  if (status === 409) {
    row.dataset.version = version;
    for (const one of inputsIn(row)) {
      if (one !== input) one.value = figures[one.name] || "";
      saved.set(one, String(figures[one.name] || ""));
    }
    say("bad", `${message} ค่าที่บันทึกไว้คือ ${figures[input.name]}`);
  } else say("bad", message);
}

function tellWaiting(signedOut) {
  sayUnsaved(grid, `${waiting.size} ช่อง`, signedOut, () => [...waiting].forEach(enqueue));
}

function restore(input) {
  input.value = saved.get(input) ?? input.defaultValue;
  mark(input, "");
  waiting.delete(input);
}

function keys(event) {
  const input = event.target.closest(".cell input");
  if (!input || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = stepOf(event, input);
  if (step) {
    event.preventDefault();
    const column = inputs().filter((one) => one.name === input.name);
    if (!move(input, ...step, column)) input.blur(); // the last cell saves too
  } else if (event.key === "Escape") restore(input);
  else if (event.key.toLowerCase() === "n" || event.key === "ื") {
    event.preventDefault();
    const row = input.closest("tr");
    if (row.dataset.nothing && isEmpty(row)) askReason(row);
  }
}

function askReason(row) {
  if (row.querySelector(".reasons")) return;
  const cell = document.createElement("td");
  cell.className = "why";
  cell.colSpan = 10;
  cell.append(document.querySelector("[data-reasons]").content.cloneNode(true));
  row.querySelector("th").after(cell);
  row.classList.add("asking");
  const chips = [...cell.querySelectorAll(".chip")];
  const leave = () => {
    row.classList.remove("asking");
    cell.remove();
    row.querySelector(".cell input")?.focus();
  };
  cell.querySelector("[data-cancel]").addEventListener("click", leave);
  for (const chip of chips) chip.addEventListener("click", () => choose(row, cell, chip));
  cell.addEventListener("keydown", (event) => {
    if (event.target.matches("input") && event.key !== "Escape") return;
    const place = chips.indexOf(document.activeElement);
    if (event.key === "Escape") leave();
    else if (chips[Number(event.key) - 1]) chips[Number(event.key) - 1].click();
    else if (event.key === "ArrowRight") chips[place + 1]?.focus();
    else if (event.key === "ArrowLeft") chips[place - 1]?.focus();
    else return;
    event.preventDefault();
  });
  chips[0].focus();
}

function choose(row, cell, chip) {
  if (chip.dataset.because !== "other") return answer(row, chip.dataset.because, "");
  const note = document.createElement("input");
  note.className = "form-control";
  note.maxLength = 200;
  note.placeholder = "เหตุอะไร แล้วกด Enter";
  note.setAttribute("aria-label", "เหตุอื่น");
  note.addEventListener("keydown", (event) => {
    if (event.key === "Enter") answer(row, "other", note.value);
  });
  cell.querySelector(".reasons").replaceChildren(note, cell.querySelector("[data-cancel]"));
  note.focus();
}

async function answer(row, because, note) {
  say("half", "กำลังบันทึก");
  try {
    const response = await post(row.dataset.nothing, { because, note });
    if (!response.ok) return say("bad", (await response.json()).message);
    const holder = document.createElement("template");
    holder.innerHTML = (await response.text()).trim();
    const next = nextEmpty(row);
    inputsIn(holder.content).forEach(open);
    row.replaceWith(holder.content);
    saySaved("บันทึกเหตุแล้ว");
    next?.focus();
    refreshSoon();
  } catch (error) {
    say("bad", error.message === "signed out" ? "หมดเวลาเข้าใช้ เข้าสู่ระบบใหม่แล้วเลือกเหตุอีกครั้ง" : "ติดต่อเครื่องแม่ข่ายไม่ได้ เลือกเหตุอีกครั้ง");
  }
}

const isEmpty = (row) => inputsIn(row).every((input) => !input.value);
const isAfter = (row, other) => Boolean(row.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
function nextEmpty(after = null) {
  const rows = [...grid.querySelectorAll("tr[data-empty]")].filter((row) => row !== after && isEmpty(row));
  const later = after && rows.find((row) => isAfter(after, row));
  return (later ?? rows[0])?.querySelector(".cell input") ?? null;
}

function open(input) {
  input.readOnly = false;
  saved.set(input, input.value);
}

// The link of the bar leads to the next empty line of another page; the ones of this page need no way.
let last = null; // the row where somebody typed last
function goToNextEmpty(event, link) {
  const here = nextEmpty(last);
  const elsewhere = !grid.querySelector(link.hash) && (!here || (last && !isAfter(last, here.closest("tr"))));
  if (elsewhere || !here) return;
  event.preventDefault();
  here.focus();
}

const isUnsaved = (input) => input.value !== saved.get(input);

if (grid) {
  inputs().forEach(open);
  grid.addEventListener("focusin", (event) => {
    if (!event.target.matches(".cell input")) return;
    last = event.target.closest("tr");
    event.target.select();
  });
  grid.addEventListener("change", (event) => event.target.matches(".cell input") && enqueue(event.target));
  grid.addEventListener("keydown", keys);
  grid.addEventListener("click", (event) => {
    const link = event.target.closest("[data-ask-reason]");
    if (!link) return;
    event.preventDefault();
    askReason(link.closest("tr"));
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-next-empty]");
    if (link) goToNextEmpty(event, link);
  });
  addEventListener("beforeunload", (event) => {
    if (inputs().some(isUnsaved)) event.preventDefault(); // typed, on its way, or refused
  });
  if (location.hash) grid.querySelector(`${location.hash} .cell input`)?.focus();
  else nextEmpty()?.focus({ preventScroll: true });
}
