// Long forms keep a draft in this tab: <form data-draft="id of the person">, data-draft-sent when the
// server has handed the form back. A draft comes back when its page is opened again, which happens
// when the session ended before saving; a saved form, signing out and somebody else throw it away.
// Sealed numbers, passwords and files are never kept.
const NEVER_KEPT = ["national_id", "bank_account", "csrfmiddlewaretoken", "submission", "namesakes_checked"];
const PREFIX = "draft ";
const PAUSE_MS = 600;
const form = document.querySelector("form[data-draft]");
const key = form && `${PREFIX}${form.dataset.draft} ${location.pathname}${location.search}`;

const draftKeys = () => Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX));
const read = (name) => JSON.parse(sessionStorage.getItem(name));
const write = (name, draft) => sessionStorage.setItem(name, JSON.stringify(draft));
const time = (moment) =>
  new Date(moment).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Bangkok" })
    .replace(":", ".") + " น.";
const ticks = (control) => control.type === "radio" || control.type === "checkbox";
const kept = () => [...form.elements].filter((one) =>
  one.name && !["file", "password", "submit", "button"].includes(one.type) && !NEVER_KEPT.includes(one.name));

function keep(sent = false) {
  const values = kept().filter((one) => !ticks(one) || one.checked).map((one) => [one.name, one.value]);
  const draft = { values, at: Date.now(), sent };
  write(key, draft);
  say(`เก็บร่างแล้ว ${time(draft.at)}`);
}

function bringBack({ values, at }) {
  const typed = new Set(values.map(([name, value]) => `${name} ${value}`));
  for (const one of kept()) {
    if (ticks(one)) one.checked = typed.has(`${one.name} ${one.value}`);
    else one.value = values.find(([name]) => name === one.name)?.[1] ?? one.value;
    one.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const discard = document.createElement("button");
  discard.type = "button";
  discard.className = "btn btn-quiet btn-s";
  discard.textContent = "ทิ้งร่างนี้";
  discard.addEventListener("click", () => {
    sessionStorage.removeItem(key);
    location.reload();
  });
  say(`นำร่างเมื่อ ${time(at)} กลับมาแล้ว ยกเว้นเลขที่เก็บแบบปิดและไฟล์ `, discard);
}

function say(...words) {
  const place = form.querySelector("[data-save-state]");
  const text = words.filter((one) => typeof one === "string").join("");
  if (place.textContent !== text) place.replaceChildren(...words); // read aloud once a minute at most
}

function watch() {
  let pause = 0;
  form.addEventListener("input", (event) => {
    if (!event.isTrusted && !event.detail?.typed) return; // a draft that comes back is not typing
    clearTimeout(pause);
    pause = setTimeout(() => {
      pause = 0;
      keep();
    }, PAUSE_MS);
  });
  form.addEventListener("submit", () => {
    clearTimeout(pause);
    pause = 0;
    keep(true);
  });
  addEventListener("pagehide", () => {
    if (pause) keep(); // sent to sign in again in the middle of a word
  });
}

if (document.querySelector(".messages .note.good")) {
  draftKeys().filter((name) => read(name).sent).forEach((name) => sessionStorage.removeItem(name));
}
document.addEventListener("submit", (event) => {
  if (event.target.matches("form[action$='/logout/']")) draftKeys().forEach((name) => sessionStorage.removeItem(name));
});
if (form) {
  const mine = `${PREFIX}${form.dataset.draft} `;
  draftKeys().filter((name) => !name.startsWith(mine)).forEach((name) => sessionStorage.removeItem(name));
  const draft = "draftSent" in form.dataset ? null : read(key);
  if (draft) bringBack(draft);
  watch();
}
