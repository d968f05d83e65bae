/* A form on paper: each question with room for its answer, for those who fill it in by hand and bring it to the counter. */
import { word } from "./words.js";

const ROWS = 3; // of a list

export function onPaper(desk, service) {
  const { part } = desk;
  part("paper-service").textContent = service.name;
  part("paper-purpose").textContent = word("purpose", { purpose: service.purpose, months: service.months });
  part("paper-questions").replaceChildren(...service.pages.map(({ title, fields }) => {
    const section = made("section", "answered");
    section.append(made("h3", "", title), ...fields.map((id) => question(service.fields[id])));
    return section;
  }));
  desk.show("paper");
}

function question(field) {
  const item = made("div", "asked-on-paper");
  const title = field.condition ? word("paper-if", { question: field.title }) : field.title;
  item.append(made("b", "", title), ...room(field));
  return item;
}

function room(field) {
  switch (field.type) {
    case "yes_no": return boxes([word("yes"), word("no")]);
    case "choice":
    case "choices": return boxes(Object.values(field.options));
    case "file": return boxes([word("paper-enclosed")]);
    case "list": return [...Array(ROWS).keys()].map((place) => line(`${place + 1}. ${field.fields.map(({ title }) => title).join(" / ")}: `));
    case "long_text": return [line(), line(), line()];
    default: return [line()];
  }
}

const boxes = (names) => names.map((name) => made("span", "box", name));
const line = (text = "") => made("span", "line", text);
const made = (tag, className, textContent = "") => Object.assign(document.createElement(tag), { className, textContent });
