// Reads a typed date as the server does (thai_calendar.parse_thai_date) and says it in words.
// Day before month. A year from 2401 on is Buddhist and one below it Gregorian, unless พ.ศ. or ค.ศ.
// says so; a year of two digits is Buddhist, 25xx. A test holds both readers to the same answers.
const ERA_OFFSET = 543;
const FIRST_BUDDHIST_YEAR = 2401;
const LAST_BUDDHIST_YEAR = 2700;
const WEEKDAYS = ["อาทิตย์", "จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์"];
const MONTHS = [
  ["มกราคม", "มกรา", "มค"], ["กุมภาพันธ์", "กุมภา", "กพ"], ["มีนาคม", "มีนา", "มีค"],
  ["เมษายน", "เมษา", "เมย"], ["พฤษภาคม", "พฤษภา", "พค"], ["มิถุนายน", "มิถุนา", "มิย"],
  ["กรกฎาคม", "กรกฎา", "กค"], ["สิงหาคม", "สิงหา", "สค"], ["กันยายน", "กันยา", "กย"],
  ["ตุลาคม", "ตุลา", "ตค"], ["พฤศจิกายน", "พฤศจิกา", "พย"], ["ธันวาคม", "ธันวา", "ธค"],
];
const ERA = "(?<era>[พค]\\.?\\s?ศ\\.?)?";
const FORMS = [
  /^(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})$/,
  new RegExp(`^(?<day>\\d{1,2}) ?[-/. ] ?(?<month>\\d{1,2}) ?[-/. ] ?${ERA} ?(?<year>\\d+)$`),
  new RegExp(
    `^(?:(?:วัน)?(?<weekday>${WEEKDAYS.join("|")}|พฤหัส)?\\s*(?:ที่)?\\s*)?` +
    `(?<day>\\d{1,2})[-/ ]*(?:เดือน ?)?(?<month>[ก-๎. ]+?)[-/ ]*${ERA} ?(?<year>\\d+)$`,
  ),
];

export function readDate(text) {
  const typed = text.normalize("NFC").replace(/[๐-๙]/g, (digit) => digit.charCodeAt(0) - 0x0e50)
    .replace(/[\s\u200b]+/g, " ").trim();
  const found = FORMS.map((form) => typed.match(form)).find(Boolean)?.groups;
  const year = found && christianYear(found.year, found.era);
  if (!year) return null;
  const month = readMonth(found.month);
  const date = new Date(Date.UTC(year, month - 1, Number(found.day)));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === Number(found.day);
  const agrees = !found.weekday || WEEKDAYS[date.getUTCDay()].startsWith(found.weekday);
  return exists && agrees ? date : null;
}

function readMonth(typed) {
  if (/^\d+$/.test(typed)) return Number(typed);
  const bare = typed.replace(/[. ]/g, "");
  return MONTHS.findIndex((names) => names.includes(bare)) + 1;
}

function christianYear(typed, era) {
  const gregorian = Boolean(era?.startsWith("ค"));
  let year = Number(typed);
  if (typed.length === 2 && !gregorian) year += 2500;
  else if (typed.length !== 4) return null;
  if (gregorian || (!era && year < FIRST_BUDDHIST_YEAR)) year += ERA_OFFSET;
  return year >= FIRST_BUDDHIST_YEAR && year <= LAST_BUDDHIST_YEAR ? year - ERA_OFFSET : null;
}

export function inWords(date) {
  const month = MONTHS[date.getUTCMonth()][0];
  const year = date.getUTCFullYear() + ERA_OFFSET;
  return `${WEEKDAYS[date.getUTCDay()]} ${date.getUTCDate()} ${month} ${year}`;
}

export function ageOn(born, today) {
  const months = today.getMonth() - born.getUTCMonth();
  const waits = months < 0 || (months === 0 && today.getDate() < born.getUTCDate());
  return today.getFullYear() - born.getUTCFullYear() - (waits ? 1 : 0);
}
