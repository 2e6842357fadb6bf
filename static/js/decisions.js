// Keys of a plan before the centre: J and K go to the next and the one before, A approves, R asks.
// R opens the next marked line that has no question yet; a number takes its reason, Ctrl+Enter sends.
// Keys are read by their place, so that they work on a Thai keyboard. All of them are also buttons.
const approve = document.querySelector("[data-approve]");
const form = document.getElementById("return-form");
const asks = [...document.querySelectorAll("[data-ask]")];
const TYPING = "input:not([type=radio]), textarea, select";

const textOf = (ask) => ask.querySelector("textarea");
const isBegun = (ask) => Boolean(textOf(ask).value.trim() || ask.querySelector(":checked"));

function count() {
  const place = document.querySelector("[data-asked-count]");
  const begun = asks.filter(isBegun).length;
  if (place) place.textContent = begun ? `ส่งกลับ ${begun} งาน` : "ส่งกลับแก้ไข";
}

function begin(ask) {
  ask.open = true;
  ask.scrollIntoView({ block: "center" });
  ask.querySelector("[type=radio]").focus();
}

function ask() {
  const free = asks.filter((one) => !isBegun(one));
  const next = free.find((one) => one.closest(".flagged")) ?? free[0];
  if (next) begin(next);
}

function choose(one, number) {
  const reason = one.querySelectorAll("[type=radio]")[number - 1];
  if (!reason) return false;
  reason.checked = true;
  count();
  textOf(one).focus();
  return true;
}

function act(event) {
  const link = document.querySelector(`a[data-key="${event.code}"]`);
  if (link) link.click();
  else if (event.code === "KeyA" && approve) approve.requestSubmit();
  else if (event.code === "KeyR" && asks.length) ask();
  else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  const inside = event.target.closest?.("[data-ask]");
  if (inside && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    return form.requestSubmit();
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (inside && event.key === "Escape") {
    if (!isBegun(inside)) inside.open = false;
    return inside.querySelector("summary").focus();
  }
  if (event.target.matches?.(TYPING)) return;
  const number = inside && /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  if (number ? choose(inside, Number(number)) : act(event)) event.preventDefault();
});

// The button without any question opens the first line instead of sending nothing.
document.querySelector("[data-return]")?.addEventListener("click", (event) => {
  if (asks.some(isBegun)) return;
  event.preventDefault();
  ask();
});
form?.addEventListener("input", count);
form?.addEventListener("change", count);
count();
