// The grid of a plan: each cell saves itself and says so. Arrows and Enter move, Ctrl+D takes the cell above,
// a block from a spreadsheet is pasted, Esc restores. What colleagues change appears by itself.
// <table data-plan-grid data-token data-cells>, <tr data-line data-save data-version>, <input data-cell>.
import { inTurn, inputsIn, mark, move as moveTo, refreshSoon, say, saySaved, sayUnsaved, send, stepOf } from "./cells.js";

const grid = document.querySelector("[data-plan-grid]");
const LOOK_MS = 15_000;
const saved = new WeakMap(); // input → the value the server has
const waiting = new Map(); // row → its inputs that could not be saved

const inputs = () => inputsIn(grid);
const columnOf = (input) => inputs().filter((one) => one.dataset.cell === input.dataset.cell);
const rowsOf = () => [...grid.querySelectorAll("tr[data-line]")];
const touched = (input) => input.value !== saved.get(input);
const wrongIn = (place) => inputsIn(place).filter((one) => touched(one) && one.closest("td").classList.contains("clash"));
let sent = false; // the whole form goes with what is typed: nothing is left behind

const enqueue = (row, changed) => inTurn(row, () => save(row, changed));

async function save(row, changed) {
  const typed = new Map(changed.map((input) => [input, input.value]));
  for (const input of changed) mark(input, "saving");
  say("half", "กำลังบันทึก");
  const fields = new URLSearchParams({ version: row.dataset.version });
  for (const [input, value] of typed) fields.set(input.dataset.cell, value);
  try {
    const response = await send(grid, row.dataset.save, fields);
    if (response.status === 404) return closed("ไม่พบแผนหรืองานนี้แล้ว");
    const answer = await response.json();
    waiting.delete(row);
    if (response.ok) settle(row, typed, answer);
    else refuse(row, typed, response.status, answer);
  } catch (error) {
    waiting.set(row, changed);
    for (const input of changed) mark(input, "wait");
    tellWaiting(error.message === "signed out");
  }
}

function settle(row, typed, answer) {
  for (const [input, value] of typed) saved.set(input, value);
  take(row, answer, "");
  for (const input of typed.keys()) if (!touched(input)) mark(input, "saved");
  tellWrong(row);
  if (waiting.size) tellWaiting(false);
  else saySaved();
  refreshSoon(markTargets);
}

// Put what the server has into cells that nobody is typing into; the version goes with them.
function take(row, { version, cells }, kind) {
  row.dataset.version = version;
  row.querySelector("input[type=hidden]").value = version;
  for (const input of inputsIn(row)) {
    const now = cells[input.dataset.cell];
    if (!touched(input) && input.value !== now) {
      input.value = now;
      if (kind) mark(input, kind, "เพื่อนร่วมงานเพิ่งแก้");
    }
    if (!touched(input) || now === input.value) saved.set(input, now);
  }
}

function refuse(row, typed, status, { message, version, cells }) {
  const kept = [...typed].map(([input, value]) => {
    const both = cells ? `ที่บันทึกไว้ ${cells[input.dataset.cell] || "0"} ที่พิมพ์ ${value || "0"}` : "";
    mark(input, "clash", [message, both].filter(Boolean).join(" "));
    return both && `${input.getAttribute("aria-label")} ${both}`;
  });
  if (status === 409) take(row, { version, cells }, "theirs");
  tellWrong(row);
  say("bad", [message, ...kept].filter(Boolean).join(" "));
}

// What is wrong in a line stands under it, as the server draws it: the head may be out of sight.
function tellWrong(row) {
  const below = row.nextElementSibling;
  if (below?.hasAttribute("data-wrong")) below.remove();
  const wrong = wrongIn(row);
  if (!wrong.length) return;
  const told = document.createElement("tr");
  told.className = "said";
  told.dataset.wrong = "";
  const cell = told.insertCell();
  cell.colSpan = 8;
  for (const input of wrong) {
    const line = document.createElement("p");
    line.className = "st bad";
    line.textContent = `${input.getAttribute("aria-label")} ${input.closest("td").title}`;
    cell.append(line);
  }
  row.after(told);
}

function tellWaiting(signedOut) {
  sayUnsaved(grid, `${waiting.size} งาน`, signedOut, () => [...waiting].forEach(([row, changed]) => enqueue(row, changed)));
}

function closed(why) {
  const link = document.createElement("a");
  link.href = grid.dataset.plan;
  link.textContent = "เปิดหน้าแผน";
  for (const input of inputs()) input.readOnly = true;
  say("bad", `${why} จึงบันทึกต่อไม่ได้ ตัวเลขที่พิมพ์ยังอยู่ในช่อง `, link);
}

// Whether the quarters make the year's target stands on its cell.
function markTargets(fresh) {
  for (const input of inputs().filter((one) => one.dataset.cell === "target" && !touched(one))) {
    const twin = fresh.getElementById(input.closest("td").id);
    if (twin) input.closest("td").classList.toggle("clash", twin.classList.contains("clash"));
  }
}

async function look() {
  if (document.hidden || waiting.size) return;
  const response = await fetch(grid.dataset.cells, { redirect: "manual" }).catch(() => null);
  if (!response?.ok) return;
  const now = await response.json();
  if (!now.open) return closed(`แผนนี้อยู่ที่ “${now.state}” แล้ว`);
  const others = rowsOf().filter((row) => now.lines[row.dataset.line] && String(now.lines[row.dataset.line].version) !== row.dataset.version && !inputsIn(row).some(touched));
  for (const row of others) take(row, now.lines[row.dataset.line], "theirs");
  if (others.length) {
    say("half", `เพื่อนร่วมงานเพิ่งแก้ ${others.length} งาน`);
    refreshSoon(markTargets);
  }
}

const move = (input, rows, columns) => moveTo(input, rows, columns, columnOf(input));

function restore(input) {
  input.value = saved.get(input);
  mark(input, "");
  waiting.delete(input.closest("tr"));
  tellWrong(input.closest("tr"));
}

function takeFromAbove(input) {
  const column = columnOf(input);
  const above = column[column.indexOf(input) - 1];
  if (!above) return;
  input.value = above.value;
  enqueue(input.closest("tr"), [input]);
  move(input, 1, 0);
}

function keys(event) {
  const input = event.target.closest(".cell input");
  if (!input) return;
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyD") {
    event.preventDefault();
    return takeFromAbove(input);
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const step = stepOf(event, input);
  if (step) {
    event.preventDefault();
    if (event.key === "Enter" && input.closest("td").classList.contains("clash") && touched(input)) enqueue(input.closest("tr"), [input]);
    if (!move(input, ...step)) input.blur(); // the last cell saves too
  } else if (event.key === "Escape") restore(input);
}

// A block from a spreadsheet goes right and down from the cell, one save for each line.
function paste(event) {
  const input = event.target.closest(".cell input");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!input || !/[\t\n]/.test(text.trimEnd())) return;
  event.preventDefault();
  const lines = text.replace(/\r/g, "").trimEnd().split("\n").map((line) => line.split("\t"));
  const rows = rowsOf();
  const first = rows.indexOf(input.closest("tr"));
  const left = inputsIn(rows[first]).indexOf(input);
  let count = 0;
  lines.forEach((values, down) => {
    const row = rows[first + down];
    const changed = row ? inputsIn(row).slice(left, left + values.length) : [];
    changed.forEach((one, right) => (one.value = values[right].trim()));
    count += changed.length;
    if (changed.length) enqueue(row, changed);
  });
  say("half", `วางแล้ว ${count} ช่อง กำลังบันทึก`);
}

function jump() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  target?.querySelector?.(".cell input, :scope > input")?.focus();
}

if (grid) {
  for (const input of inputs()) saved.set(input, input.defaultValue);
  grid.addEventListener("focusin", (event) => event.target.matches(".cell input") && event.target.select());
  grid.addEventListener("change", (event) => event.target.matches(".cell input") && enqueue(event.target.closest("tr"), [event.target]));
  grid.addEventListener("keydown", keys);
  grid.addEventListener("paste", paste);
  addEventListener("hashchange", jump);
  grid.closest("form").addEventListener("submit", () => (sent = true));
  addEventListener("beforeunload", (event) => {
    if (!sent && (waiting.size || wrongIn(grid).length)) event.preventDefault();
  });
  setInterval(look, LOOK_MS);
  if (location.hash) jump();
  else inputs()[0]?.focus({ preventScroll: true });
}
