/* Answers as people read them, before an application is kept and on what is printed. */
import { asked, read } from "./checks.js";
import { day, word } from "./words.js";

/* The pages with what was answered: {id, title, rows of question and answer}. */
export function answered(form, typed) {
  const shown = asked(form, typed);
  return form.pages
    .map(({ id, title, fields }) => ({
      id,
      title,
      rows: fields.filter((one) => shown.includes(one)).map((one) => [form.fields[one].title, text(form.fields[one], typed, one)]),
    }))
    .filter(({ rows }) => rows.length);
}

function text(field, typed, name) {
  const value = read(field, typed, name);
  if (value === null) return "–";
  switch (field.type) {
    case "yes_no": return word(value ? "yes" : "no");
    case "choice":
    case "place": return field.options[value] ?? value;
    case "choices": return value.map((one) => field.options[one] ?? one).join(", ");
    case "nik": return "•".repeat(Math.max(value.length - 4, 0)) + value.slice(-4);
    case "date": return value ? day(value) : typed[name][0];
    case "list": return value.map((place) => field.fields.map((one) => text(one, typed, `${name}-${place}-${one.id}`)).join(", ")).join("; ");
    default: return typed[name][0].trim();
  }
}

/* By what an officer knows an application again in the list: the first text that was typed. */
export function label(form, typed) {
  const first = form.pages.flatMap(({ fields }) => fields).find((id) => form.fields[id].type === "text" && read(form.fields[id], typed));
  return first ? read(form.fields[first], typed) : "";
}
