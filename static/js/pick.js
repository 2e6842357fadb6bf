// Choosing among many names. <select data-pick="hint"> becomes one search field with suggestions, an ARIA combobox;
// the select stays in the form and holds the answer. [data-pick-many="words"] is a field that narrows the chips
// below it. Without script the one is a plain list and the other has a button.
const MARKS = /[\u0e47-\u0e4c]/g; // left out by many who search
const fold = (text) => text.normalize("NFC").replace("\u0e4d\u0e32", "\u0e33").replace(MARKS, "").toLowerCase().trim();
const LEAVE_MS = 0;

function combobox(select) {
  const wrap = document.createElement("div");
  const field = document.createElement("input");
  const list = document.createElement("ul");
  const said = document.createElement("p");
  const known = [...select.options].filter((option) => option.value);
  const items = new Map(known.map((option, number) => [option, item(option, `${select.id}_${number}`)]));
  let active = null; // the option that Enter takes

  wrap.className = "combo";
  list.id = `${select.id}_list`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  said.className = "sr";
  said.setAttribute("role", "status");
  Object.assign(field, { type: "text", id: select.id, className: "form-control", placeholder: select.dataset.pick, autocomplete: "off" });
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (select.hasAttribute(name)) field.setAttribute(name, select.getAttribute(name));
  }
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
    field.setAttribute(name, value);
  }
  list.setAttribute("aria-label", document.querySelector(`label[for="${select.id}"]`)?.textContent.trim() ?? "");
  select.id = `${field.id}_value`;
  select.hidden = true;
  select.required = false; // the server says what is missing; a hidden field could not
  select.before(wrap);
  wrap.append(field, list, said, select);

  const nameOf = (option) => (option?.value ? option.text : "");
  const chosen = () => select.selectedOptions[0];
  const matching = () => known.filter((option) => fold(option.text).includes(fold(field.value)));
  const isOpen = () => !list.hidden;

  function show(options) {
    list.replaceChildren(...options.map((option) => items.get(option)));
    list.hidden = !options.length;
    field.setAttribute("aria-expanded", String(isOpen()));
    said.textContent = options.length ? `พบ ${options.length} รายการ` : "ไม่พบ ลองพิมพ์สั้นลง";
    point(null);
  }

  function close() {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    point(null);
  }

  function point(option) {
    if (active) items.get(active).setAttribute("aria-selected", "false");
    active = option;
    if (!option) return field.removeAttribute("aria-activedescendant");
    items.get(option).setAttribute("aria-selected", "true");
    items.get(option).scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", items.get(option).id);
  }

  function take(option) {
    select.value = option?.value ?? "";
    field.value = nameOf(option);
    close();
    // Typed all the same: drafts.js keeps it.
    for (const name of ["input", "change"]) select.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: { typed: true } }));
  }

  function move(step) {
    if (!isOpen()) show(field.value === nameOf(chosen()) ? known : matching());
    const options = known.filter((option) => items.get(option).isConnected);
    const from = active ? options.indexOf(active) : step > 0 ? -1 : 0;
    if (options.length) point(options.at((from + step) % options.length));
  }

  // Leaving with half a name: the only one it can mean, or what was there before.
  function settle() {
    const left = matching();
    if (!field.value.trim()) take(null);
    else if (field.value === nameOf(chosen())) close();
    else take(left.length === 1 ? left[0] : chosen());
  }

  field.addEventListener("input", () => show(matching()));
  field.addEventListener("focus", () => field.select());
  field.addEventListener("click", () => isOpen() || show(known));
  field.addEventListener("blur", () => setTimeout(settle, LEAVE_MS));
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter" && isOpen()) active ? take(active) : settle();
    else if (event.key === "Escape" && isOpen()) take(chosen());
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const id = event.target.closest("[role=option]")?.id;
    if (id) take(known.find((option) => items.get(option).id === id));
  });
  select.addEventListener("input", (event) => {
    if (!event.detail?.typed) field.value = nameOf(chosen()); // a draft came back
  });
  field.value = nameOf(chosen());
}

function item(option, id) {
  const line = document.createElement("li");
  line.id = id;
  line.setAttribute("role", "option");
  line.setAttribute("aria-selected", "false");
  line.textContent = option.text;
  return line;
}

function narrowing(box) {
  const field = box.querySelector("input[type=search]");
  const said = box.querySelector("[role=status]");
  const chips = [...box.querySelectorAll(".radios label")];
  const isTaken = (chip) => chip.querySelector("input").checked;

  function narrow() {
    const words = fold(field.value);
    for (const chip of chips) chip.hidden = !isTaken(chip) && !fold(chip.textContent).includes(words);
    const figures = { shown: chips.filter((chip) => !chip.hidden).length, all: chips.length, taken: chips.filter(isTaken).length };
    said.textContent = box.dataset.pickMany.replace(/\{(\w+)\}/g, (whole, name) => figures[name]);
  }

  for (const button of box.querySelectorAll("button")) button.remove();
  field.removeAttribute("name"); // it is no answer of the form
  field.addEventListener("input", narrow);
  field.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  box.addEventListener("change", narrow);
  narrow();
}

document.querySelectorAll("select[data-pick]").forEach(combobox);
document.querySelectorAll("[data-pick-many]").forEach(narrowing);
