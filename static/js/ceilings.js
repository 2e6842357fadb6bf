// The grid of ceilings: the total follows what is typed, a column copied from a workbook fills the
// fields from where it is pasted, arrows up and down move. Without script the page adds it all up.
const form = document.querySelector("[data-ceilings]");
const fields = form ? [...form.querySelectorAll("[data-ceiling]")] : [];
const DIGITS = "๐๑๒๓๔๕๖๗๘๙";

const read = (typed) => {
  const bare = typed.replace(/[๐-๙]/g, (digit) => DIGITS.indexOf(digit)).replace(/[,฿\s]|บาท/g, "");
  return /^\d+(\.\d{1,2})?$/.test(bare) ? Number(bare) : null;
};

function sum() {
  const amounts = fields.map((field) => read(field.value));
  const known = amounts.filter((amount) => amount !== null);
  const total = known.reduce((all, amount) => all + amount, 0);
  const words = total.toLocaleString("en-US", { maximumFractionDigits: 2 });
  for (const place of form.querySelectorAll("[data-ceiling-total]")) place.textContent = words;
  form.querySelector("[data-ceiling-count]").textContent = known.length;
  for (const [place, field] of fields.entries()) {
    field.setAttribute("aria-invalid", String(field.value.trim() !== "" && amounts[place] === null));
  }
}

// With names beside the amounts, each goes to its province, whatever the order.
const named = (name) => fields.find((field) => field.labels[0].textContent === name.replace(/^(จังหวัด|จ\.)\s*/, ""));

function paste(event) {
  const rows = event.clipboardData.getData("text").split(/\r?\n/).filter((row) => row.trim());
  if (rows.length < 2) return; // one amount goes into its field
  event.preventDefault();
  const from = fields.indexOf(event.target);
  let count = 0;
  for (const [place, row] of rows.entries()) {
    const cells = row.split("\t").map((cell) => cell.trim());
    const field = cells.length > 1 ? named(cells[0]) : fields[from + place];
    if (!field) continue;
    field.value = cells.at(-1);
    count += 1;
  }
  sum();
  form.querySelector("[data-ceiling-said]").textContent = `วางแล้ว ${count} จาก ${rows.length} แถว ยังไม่ได้บันทึก`;
}

function move(event) {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const next = step && fields[fields.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.select();
}

for (const field of fields) {
  field.addEventListener("input", sum);
  field.addEventListener("paste", paste);
  field.addEventListener("keydown", move);
}
