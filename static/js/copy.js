// <details data-copy>: a press on its summary copies the words in [data-copy-text] and says so.
// Without script it opens, and the words are marked by hand.
const say = (tone, text) =>
  document.dispatchEvent(new CustomEvent("toast", { detail: { tone, text } }));

function mark(words) {
  const range = document.createRange();
  range.selectNodeContents(words);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}

// The clipboard is there on a secure address only; elsewhere the browser copies what is marked.
async function copy(words) {
  try {
    await navigator.clipboard.writeText(words.textContent);
    return true;
  } catch {
    mark(words);
    return document.execCommand("copy");
  }
}

for (const verb of document.querySelectorAll("[data-copy] [data-copy-label]")) {
  verb.textContent = verb.dataset.copyLabel;
}

document.addEventListener("click", async (event) => {
  const box = event.target.closest?.("[data-copy] > summary")?.parentElement;
  if (!box || box.open) return; // the second press closes it
  event.preventDefault();
  box.open = true; // before copying: what is marked must be seen
  const words = box.querySelector("[data-copy-text]");
  if (await copy(words)) say("good", `คัดลอกแล้ว: ${words.textContent}`);
  else say("warn", "คัดลอกไม่ได้ ประโยคถูกเลือกไว้แล้ว กด Ctrl C");
});
