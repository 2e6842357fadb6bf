// Messages that can be closed, and short live messages: any module or an HX-Trigger header sends
// the event "toast" with {tone, text, href, action}. They stay until closed: nobody reads to a clock.
import { drawing } from "./icons.js";

const ICONS = { good: "check", warn: "alert", bad: "alert", info: "info" };
const region = document.getElementById("toasts");

function dismissible(note) {
  const button = note.querySelector("[data-dismiss]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => note.remove());
}

function show({ tone = "info", text, href, action }) {
  const note = document.createElement("div");
  const words = document.createElement("div");
  const close = document.createElement("button");
  note.className = `note toast-item ${tone}`;
  words.textContent = text;
  close.type = "button";
  close.className = "btn btn-quiet btn-s x";
  close.dataset.dismiss = "";
  close.setAttribute("aria-label", "ปิดข้อความนี้");
  close.append(drawing("x"));
  if (href) {
    const link = document.createElement("a");
    link.href = href;
    link.textContent = action;
    words.append(" ", link);
  }
  note.append(drawing(ICONS[tone] ?? "info"), words, close);
  dismissible(note);
  region.append(note);
}

document.querySelectorAll("[data-dismissible]").forEach(dismissible);
if (region) {
  document.addEventListener("toast", (event) => show(event.detail));
  document.addEventListener("htmx:error", () =>
    show({ tone: "bad", text: "ติดต่อเครื่องแม่ข่ายไม่ได้ สิ่งที่พิมพ์ไว้ยังอยู่ ลองอีกครั้ง" }));
}
