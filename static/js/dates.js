// Says a typed date back in words, as the server will read it: a year above 2400 is Buddhist,
// another four-figure year is Christian; a two-figure year is Buddhist (63 is 2563). Day comes before month.
// <input data-date-echo="id-of-output"> with <output class="echo" id="…">.
const MONTHS = [
  ["มกราคม", "ม.ค."], ["กุมภาพันธ์", "ก.พ."], ["มีนาคม", "มี.ค."], ["เมษายน", "เม.ย."],
  ["พฤษภาคม", "พ.ค."], ["มิถุนายน", "มิ.ย."], ["กรกฎาคม", "ก.ค."], ["สิงหาคม", "ส.ค."],
  ["กันยายน", "ก.ย."], ["ตุลาคม", "ต.ค."], ["พฤศจิกายน", "พ.ย."], ["ธันวาคม", "ธ.ค."],
];
const DAYS = ["อาทิตย์", "จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์"];
const ERA = 543;

const bare = (text) => text.replace(/[.\s]/g, "");
const arabic = (text) => text.replace(/[๐-๙]/g, (digit) => "๐๑๒๓๔๕๖๗๘๙".indexOf(digit));
const monthNumber = (name) => MONTHS.findIndex((names) => names.some((one) => bare(one) === bare(name))) + 1;

export function readDate(typed) {
  const text = arabic(typed.trim());
  const iso = text.match(/^(\d{4})-(\d{1,2})-(\d{1,2})$/);
  const figures = text.match(/^(\d{1,2})[\s/.-]+(\d{1,2})[\s/.-]+(\d{2}|\d{4})$/);
  const words = text.match(/^(\d{1,2})\s*([ก-๙.\s]+?)\s*(?:พ\.?ศ\.?\s*|ค\.?ศ\.?\s*)?(\d{2}|\d{4})$/);
  const [day, month, year] = iso ? [iso[3], iso[2], iso[1]]
    : figures ? [figures[1], figures[2], figures[3]]
    : words ? [words[1], monthNumber(words[2]), words[3]] : [];
  if (!day) return null;
  const era = year.length === 2 ? 2500 + Number(year) : Number(year);
  const christian = era > 2400 ? era - ERA : era;
  const date = new Date(Date.UTC(christian, month - 1, day));
  const exists = date.getUTCDate() === Number(day) && date.getUTCMonth() === Number(month) - 1;
  return exists ? date : null;
}

export function inWords(date) {
  const month = MONTHS[date.getUTCMonth()][0];
  return `${DAYS[date.getUTCDay()]} ${date.getUTCDate()} ${month} ${date.getUTCFullYear() + ERA}`;
}

function echo(field) {
  const place = document.getElementById(field.dataset.dateEcho);
  if (!place) return;
  const date = readDate(field.value);
  place.textContent = date ? inWords(date) : "";
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-date-echo]")) echo(event.target);
});
document.querySelectorAll("[data-date-echo]").forEach(echo);
