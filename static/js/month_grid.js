// The grid of a month: each cell saves itself and says so; arrows and Enter move, Esc restores, N asks why
// there is nothing. <table data-month-grid data-token>, <tr data-figures data-version>, <tr data-nothing>.
// Cells come read-only, so that nobody types where nothing would be saved; this module opens them.
const grid = document.querySelector("[data-month-grid]");
const state = document.querySelector("[data-grid-state]");
const REFRESH_MS = 300;
const saved = new WeakMap(); // input → the value the server has
const queues = new WeakMap(); // row → the saves in turn, so that each knows the version of the one before
const waiting = new Set(); // inputs that could not be saved

const inputs = () => [...grid.querySelectorAll(".cell input")];
const cellOf = (input) => input.closest("td");
const SAID = { saved: "บันทึกแล้ว", saving: "กำลังบันทึก", wait: "ยังไม่ได้บันทึก", clash: "ยังไม่ได้บันทึก", ask: "บันทึกแล้ว" };
const clock = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Bangkok" }).replace(":", ".");

function say(tone, text, ...more) {
  state.className = `st ${tone}`;
  state.replaceChildren(text, ...more);
}

function mark(input, kind, title = "") {
  const cell = cellOf(input);
  cell.classList.remove("saved", "saving", "wait", "ask", "clash");
  if (kind) cell.classList.add(kind);
  cell.title = title;
  // Read with the cell whenever somebody comes back to it.
  input.setAttribute("aria-description", [SAID[kind], title].filter(Boolean).join(" "));
  input.setAttribute("aria-invalid", String(kind === "clash"));
}

async function post(address, fields) {
  const response = await fetch(address, {
    method: "POST",
    headers: { "X-CSRFToken": grid.dataset.token, "X-Month-Grid": "1" },
    body: new URLSearchParams(fields),
    redirect: "manual",
  });
  // Signed out meanwhile: the answer is a way to the sign-in, never a figure.
  if (response.type === "opaqueredirect" || response.status === 403) throw new Error("signed out");
  return response;
}

function enqueue(input) {
  const row = input.closest("tr");
  const turn = (queues.get(row) ?? Promise.resolve()).then(() => save(input, row));
  queues.set(row, turn);
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
  else say("good", `บันทึกแล้ว ${clock()} น.`);
  refreshSoon();
}

function refuse(input, row, status, { message, figures, version }) {
  mark(input, "clash", message);
  if (status === 409) {
    row.dataset.version = version;
    for (const one of row.querySelectorAll(".cell input")) {
      if (one !== input) one.value = figures[one.name] || "";
      saved.set(one, String(figures[one.name] || ""));
    }
    say("bad", `${message} ค่าที่บันทึกไว้คือ ${figures[input.name]}`);
  } else say("bad", message);
}

function tellWaiting(signedOut) {
  const again = document.createElement("button");
  again.type = "button";
  again.className = "btn btn-plain btn-s";
  again.textContent = `บันทึกอีกครั้ง ${waiting.size} ช่อง`;
  again.addEventListener("click", async () => {
    if (signedOut) await renewToken();
    [...waiting].forEach(enqueue);
  });
  if (!signedOut) return say("bad", "ติดต่อเครื่องแม่ข่ายไม่ได้ ตัวเลขยังอยู่ในช่อง ", again);
  const link = document.createElement("a");
  link.href = "/accounts/login/";
  link.target = "_blank";
  link.textContent = "เข้าสู่ระบบในแท็บใหม่";
  say("bad", "หมดเวลาเข้าใช้ ตัวเลขยังอยู่ในช่อง ", link, " แล้ว ", again);
}

// A new sign-in has a new token: the one of this page is refused from then on.
async function renewToken() {
  const fresh = await freshPage();
  grid.dataset.token = fresh?.querySelector("[data-month-grid]")?.dataset.token ?? grid.dataset.token;
}

async function freshPage() {
  const response = await fetch(location.href, { redirect: "manual" }).catch(() => null);
  return response?.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
}

let pause = 0;
function refreshSoon() {
  clearTimeout(pause);
  pause = setTimeout(refresh, REFRESH_MS);
}

// Sums and buttons say numbers of the whole: take them anew, leave the cells alone.
async function refresh() {
  const fresh = await freshPage();
  if (!fresh) return;
  for (const place of document.querySelectorAll("[data-live]")) {
    const now = fresh.querySelector(`[data-live="${place.dataset.live}"]`);
    if (now && !place.contains(document.activeElement)) place.replaceWith(document.adoptNode(now));
  }
}

function move(input, rows, columns) {
  const row = input.closest("tr");
  const own = [...row.querySelectorAll(".cell input")];
  let target = own[own.indexOf(input) + columns];
  if (rows) {
    const column = inputs().filter((one) => one.name === input.name);
    target = column[column.indexOf(input) + rows];
  }
  if (!target) return false;
  target.focus();
  target.select();
  return true;
}

function restore(input) {
  input.value = saved.get(input) ?? input.defaultValue;
  mark(input, "");
  waiting.delete(input);
}

function keys(event) {
  const input = event.target.closest(".cell input");
  if (!input || event.ctrlKey || event.metaKey || event.altKey) return;
  const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
  const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [event.shiftKey ? -1 : 1, 0] };
  if (whole || input.selectionEnd === 0) moves.ArrowLeft = [0, -1];
  if (whole || input.selectionStart === input.value.length) moves.ArrowRight = [0, 1];
  if (moves[event.key]) {
    event.preventDefault();
    if (!move(input, ...moves[event.key])) input.blur(); // the last cell saves too
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
    for (const input of holder.content.querySelectorAll(".cell input")) open(input);
    row.replaceWith(holder.content);
    say("good", `บันทึกเหตุแล้ว ${clock()} น.`);
    next?.focus();
    refreshSoon();
  } catch (error) {
    say("bad", error.message === "signed out" ? "หมดเวลาเข้าใช้ เข้าสู่ระบบใหม่แล้วเลือกเหตุอีกครั้ง" : "ติดต่อเครื่องแม่ข่ายไม่ได้ เลือกเหตุอีกครั้ง");
  }
}

const isEmpty = (row) => [...row.querySelectorAll(".cell input")].every((input) => !input.value);
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
