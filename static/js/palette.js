// Ctrl K: search over everything in a <dialog>; results come from the address of its form, drawn by the server.
// Without <dialog> or script the field in the top bar is a plain form to the same address.
const WAIT = 120; // ms after the last letter
const REMEMBERED = 6;
const RECENT = "recent-pages";

const palette = document.querySelector("[data-palette]");
const form = palette?.querySelector("form");
const field = palette?.querySelector("[role=combobox]");
const list = palette?.querySelector("[role=listbox]");
const said = palette?.querySelector("[data-palette-said]");
const textOf = (name) => palette.querySelector(`template[data-palette-${name}]`).content;
let asking; // aborts the question before this one
let timer;

const options = () => [...list.querySelectorAll("[role=option]")];
const chosen = () => list.querySelector('[aria-selected="true"]');

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
}

function show(nodes, words = "") {
  list.replaceChildren(...nodes);
  const sentence = list.querySelector("[data-said]");
  said.textContent = sentence?.textContent.trim() ?? words;
  if (options().length && sentence) sentence.remove();
  else if (sentence) said.before(sentence); // a listbox holds options only
  field.setAttribute("aria-expanded", String(options().length > 0));
  choose(options()[0]);
}

function clearSentence() {
  for (const old of palette.querySelectorAll(":scope > [data-said]")) old.remove();
}

async function ask() {
  asking?.abort();
  asking = new AbortController();
  const words = field.value.trim();
  if (!words) {
    clearSentence();
    show(recentPages());
    return;
  }
  try {
    const address = `${form.action}?${new URLSearchParams({ q: words })}`;
    const answer = await fetch(address, { headers: { "X-Palette": "1" }, signal: asking.signal });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const part = new DOMParser().parseFromString(await answer.text(), "text/html");
    clearSentence();
    show([...part.body.childNodes]);
  } catch (fault) {
    if (fault.name === "AbortError") return;
    clearSentence();
    show([], textOf("away").textContent);
  }
}

// Pages of this tab without a number in the address: those name persons and rows, and are not kept.
function recentPages() {
  const pages = remembered().filter((page) => page.path !== location.pathname);
  if (!pages.length) return [];
  const group = textOf("recent").firstElementChild.cloneNode(true);
  const model = group.querySelector("[role=option]");
  for (const [number, page] of pages.entries()) {
    const option = group.appendChild(model.cloneNode(true));
    Object.assign(option, { href: page.path, id: `recent-${number}` });
    option.querySelector("[data-title]").textContent = page.title;
  }
  model.remove();
  return [group];
}

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(RECENT)) ?? [];
  } catch {
    return []; // storage is off, or somebody else's
  }
}

function remember() {
  const title = document.querySelector("main h1")?.textContent.trim();
  if (!title || /\d/.test(location.pathname) || location.pathname === new URL(form.action).pathname) return;
  const others = remembered().filter((page) => page.path !== location.pathname);
  try {
    sessionStorage.setItem(RECENT, JSON.stringify([{ path: location.pathname, title }, ...others].slice(0, REMEMBERED)));
  } catch {
    // storage is off: nothing is remembered
  }
}

function open(words = "") {
  if (palette.open) return;
  palette.showModal();
  field.value = words;
  field.select();
  ask();
}

function explainKeys() {
  for (const row of palette.querySelectorAll("[data-palette-keys] .more")) row.hidden = !row.hidden;
}

function move(step) {
  const all = options();
  if (all.length) choose(all.at((all.indexOf(chosen()) + step + all.length) % all.length));
}

function onKey(event) {
  if (event.isComposing) return;
  if (event.key === "ArrowDown") move(1);
  else if (event.key === "ArrowUp") move(-1);
  else if (event.key === "?" && !field.value) explainKeys();
  else if (event.key === "Enter" && chosen() && !event.ctrlKey && !event.metaKey) chosen().click();
  else if (event.key === "Enter" && field.value.trim()) form.submit();
  else return;
  event.preventDefault();
}

if (palette?.showModal) {
  remember();
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const hotkey = (event.ctrlKey || event.metaKey) && event.code === "KeyK"; // the key, in any layout
    if (!hotkey && (event.key !== "?" || writing || palette.open)) return;
    event.preventDefault();
    open();
    if (!hotkey) explainKeys();
  });
  field.addEventListener("keydown", onKey);
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  palette.querySelector("[data-palette-close]").addEventListener("click", () => palette.close());
  palette.addEventListener("click", (event) => {
    if (event.target === palette) palette.close(); // the ground around it
  });
  palette.addEventListener("close", () => asking?.abort());
}

// Whoever sits here next need not see where one has been.
document.addEventListener("submit", (event) => {
  if (event.target.matches("form[action$='/logout/']")) sessionStorage.removeItem(RECENT);
});
