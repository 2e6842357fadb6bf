// What tables share whose cells save themselves: saying how far it is, sending, moving, taking sums anew.
// <span data-grid-state>, <table data-token>, <td class="cell"><input>; [data-live] is taken anew.
const state = document.querySelector("[data-grid-state]");
const KINDS = ["saved", "saving", "wait", "ask", "clash", "theirs"];
const SAID = { saved: "บันทึกแล้ว", saving: "กำลังบันทึก", wait: "ยังไม่ได้บันทึก", clash: "ยังไม่ได้บันทึก", ask: "บันทึกแล้ว" };
const REFRESH_MS = 400;

export const inputsIn = (place) => [...place.querySelectorAll(".cell input")];

function clock() {
  return new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Bangkok" }).replace(":", ".");
}

export function say(tone, ...words) {
  state.className = `st ${tone}`;
  state.replaceChildren(...words);
}

export const saySaved = (what = "บันทึกแล้ว") => say("good", `${what} ${clock()} น.`);

export function mark(input, kind, title = "") {
  const cell = input.closest("td");
  cell.classList.remove(...KINDS);
  if (kind) cell.classList.add(kind);
  cell.title = title;
  // Read with the cell whenever somebody comes back to it.
  input.setAttribute("aria-description", [SAID[kind], title].filter(Boolean).join(" "));
  input.setAttribute("aria-invalid", String(kind === "clash"));
}

// One save after another for each row, so that each knows the version of the one before.
const queues = new WeakMap();
export function inTurn(row, save) {
  const turn = (queues.get(row) ?? Promise.resolve()).then(save);
  queues.set(row, turn);
  return turn;
}

export async function send(grid, address, fields, headers = {}) {
  const response = await fetch(address, {
    method: "POST",
    headers: { "X-CSRFToken": grid.dataset.token, ...headers },
    body: new URLSearchParams(fields),
    redirect: "manual",
  });
  // Signed out meanwhile: the answer is a way to the sign-in, never a figure.
  if (response.type === "opaqueredirect" || response.status === 403) throw new Error("signed out");
  return response;
}

// What is typed stays in its cells; the button sends it again, after a new sign-in with that one's token.
export function sayUnsaved(grid, what, signedOut, sendAgain) {
  const again = document.createElement("button");
  again.type = "button";
  again.className = "btn btn-plain btn-s";
  again.textContent = `บันทึกอีกครั้ง ${what}`;
  again.addEventListener("click", async () => {
    if (signedOut) await renewToken(grid);
    sendAgain();
  });
  if (!signedOut) return say("bad", "ติดต่อเครื่องแม่ข่ายไม่ได้ ตัวเลขยังอยู่ในช่อง ", again);
  const link = document.createElement("a");
  link.href = "/accounts/login/";
  link.target = "_blank";
  link.textContent = "เข้าสู่ระบบในแท็บใหม่";
  say("bad", "หมดเวลาเข้าใช้ ตัวเลขยังอยู่ในช่อง ", link, " แล้ว ", again);
}

// A new sign-in has a new token: the one of this page is refused from then on.
async function renewToken(grid) {
  const fresh = await freshPage();
  grid.dataset.token = fresh?.querySelector("table[data-token]")?.dataset.token ?? grid.dataset.token;
}

async function freshPage() {
  const response = await fetch(location.href, { redirect: "manual" }).catch(() => null);
  return response?.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
}

let pause = 0;
export function refreshSoon(then = () => {}) {
  clearTimeout(pause);
  pause = setTimeout(() => refresh(then), REFRESH_MS);
}

// Sums and buttons say numbers of the whole: take them anew, leave the cells alone.
async function refresh(then) {
  const fresh = await freshPage();
  if (!fresh) return;
  for (const place of document.querySelectorAll("[data-live]")) {
    const now = fresh.querySelector(`[data-live="${place.dataset.live}"]`);
    if (now && !place.contains(document.activeElement)) place.replaceWith(document.adoptNode(now));
  }
  then(fresh);
}

// To another cell of the row, or of its column; `column` are the inputs of the column.
export function move(input, rows, columns, column) {
  const own = inputsIn(input.closest("tr"));
  const target = rows ? column[column.indexOf(input) + rows] : own[own.indexOf(input) + columns];
  if (!target) return false;
  target.focus();
  target.select();
  return true;
}

// Where a key leads from a cell, as rows and columns; arrows to the side only from the edge of the text.
export function stepOf(event, input) {
  const { selectionStart: start, selectionEnd: end, value } = input;
  const whole = start === 0 && end === value.length;
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [event.shiftKey ? -1 : 1, 0] };
  if (whole || end === 0) steps.ArrowLeft = [0, -1];
  if (whole || start === value.length) steps.ArrowRight = [0, 1];
  return steps[event.key];
}
