// The door: a hand reader always finds the field, an answer is felt and told to the counter.
// <input data-door-words="address">, <form data-door-scan>, #answer[data-door-answer], <div data-scanner>.
const SEARCH_AFTER = 250; // milliseconds without a key: a hand reader types faster than that
const form = document.querySelector("[data-door-scan]");
const field = document.querySelector("[data-door-words]");
const scanner = document.querySelector("[data-scanner]");
const BUZZ = { good: 60, again: [60, 60, 60], no: [200, 80, 200] };
let waiting;

function focusField() {
  if (!field || document.activeElement?.closest("details[open]")) return;
  if (matchMedia("(pointer: fine)").matches) field.focus({ preventScroll: true });
}

field?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const words = field.value.trim();
    if (words.length < 2) return;
    htmx.ajax("GET", `${field.dataset.doorWords}&q=${encodeURIComponent(words)}`, {
      target: "#answer", swap: "outerHTML" });
  }, SEARCH_AFTER);
});

form?.addEventListener("submit", () => clearTimeout(waiting));

document.addEventListener("htmx:after:swap", () => {
  const answer = document.querySelector("#answer[data-door-answer]");
  if (!answer || answer.dataset.told) return;
  answer.dataset.told = "yes";
  navigator.vibrate?.(BUZZ[answer.dataset.doorAnswer]);
  document.body.dispatchEvent(new CustomEvent("door:answered"));
  if (field) field.value = "";
  focusField();
});

for (const box of document.querySelectorAll("[data-door-more]")) {
  box.addEventListener("toggle", () => {
    if (box.open) box.querySelector("input:not([type=hidden])")?.focus();
    else focusField();
  });
}

if (scanner && navigator.mediaDevices?.getUserMedia) {
  scanner.hidden = false;
  const button = scanner.querySelector("[data-scanner-toggle]");
  let camera;
  button.addEventListener("click", async () => {
    camera ??= await import("./door_camera.js");
    await camera.toggle(scanner, (code) => {
      field.value = code;
      form.requestSubmit();
    });
  });
}
