// A file input says in our words what was chosen: <div data-drop> around it.
document.addEventListener("change", (event) => {
  const zone = event.target.closest?.("[data-drop]");
  if (!zone) return;
  const names = [...event.target.files].map((file) => file.name);
  const words = zone.querySelector("[data-drop-words]");
  words.dataset.empty ??= words.textContent;
  words.textContent = names.length ? names.join(", ") : words.dataset.empty;
  zone.classList.toggle("has-file", names.length > 0);
});

for (const [name, over] of [["dragenter", true], ["dragleave", false], ["drop", false]]) {
  document.addEventListener(name, (event) => {
    event.target.closest?.("[data-drop]")?.classList.toggle("over", over);
  });
}
