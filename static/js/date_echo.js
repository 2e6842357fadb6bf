// Says a typed date back under its field while it is typed: <input id="x" data-date-echo>
// and <p class="echo" id="x_echo">. data-date-echo="age" adds the age. The server says the same.
import { ageOn, inWords, readDate } from "./dates.js";
import { drawing } from "./icons.js";

function echo(field) {
  const place = document.getElementById(`${field.id}_echo`);
  if (!place) return;
  const date = readDate(field.value);
  place.classList.remove("doubt");
  place.replaceChildren(...(date ? [drawing("check", "i i-s"), ` ${words(date, field)}`] : []));
}

function words(date, field) {
  const age = field.dataset.dateEcho === "age" ? ageOn(date, new Date()) : -1;
  return age < 0 ? inWords(date) : `${inWords(date)} อายุ ${age} ปี`;
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-date-echo]")) echo(event.target);
});
