/* What can be told of answers without a network: whether a question is asked, and whether its answer has the form that it
   must have. Conditions and checks come as data; nothing here evaluates text. Rules are the server's. */
const GROUPED = /^-?\d{1,3}(?:[.,]\d{3})+$/;
const WHOLE = /^-?\d{1,15}$/;
const DECIMAL = /^-?\d{1,12}(?:[.,]\d{1,6})?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NUMBERS = ["integer", "money", "number"];

const given = (typed, name) => (typed[name] ?? []).map((one) => one.trim()).filter(Boolean);

/* An answer as its type has it, null for none, undefined for what cannot be read. */
export function read(field, typed, name = field.id) {
  const values = given(typed, name);
  if (field.type === "list") return rowsOf(field, typed).length ? rowsOf(field, typed) : null;
  if (!values.length) return null;
  const [text] = values;
  switch (field.type) {
    case "yes_no": return { yes: true, no: false }[text];
    case "choices": return values;
    case "integer":
    case "money": {
      const plain = text.replace(/^Rp/, "").trim();
      const bare = GROUPED.test(plain) ? plain.replaceAll(/[.,]/g, "") : plain;
      return WHOLE.test(bare) ? Number(bare) : undefined;
    }
    case "number": return DECIMAL.test(text) ? Number(text.replace(",", ".")) : undefined;
    case "date": return DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
    case "nik": return text.replaceAll(/[ .-]/g, "");
    default: return text;
  }
}

/* The places of the rows of a list in which anything was typed. */
function rowsOf(field, typed) {
  const count = Number(typed[`_rows_${field.id}`]?.[0] ?? 0);
  return [...Array(count).keys()].filter((place) => field.fields.some((one) => given(typed, `${field.id}-${place}-${one.id}`).length));
}

/* Whether a condition holds: ["is", field, value], ["not", c], ["and", a, b], ["or", a, b]. */
function holds(condition, answers) {
  const [operator, first, second] = condition;
  switch (operator) {
    case "is": return (answers[first] ?? null) === second;
    case "not": return !holds(first, answers);
    case "and": return holds(first, answers) && holds(second, answers);
    default: return holds(first, answers) || holds(second, answers);
  }
}

/* The ids of the questions that are asked, in order: a condition sees the answers before it. */
export function asked(form, typed) {
  const answers = {};
  const shown = [];
  for (const page of form.pages) for (const id of page.fields) {
    const field = form.fields[id];
    if (field.condition && !holds(field.condition, answers)) continue;
    shown.push(id);
    answers[id] = read(field, typed) ?? null;
  }
  return shown;
}

/* The mistakes in the answers to these questions: {name, question, code, limit or day}. `today` is a day as text. */
export function mistakes(form, ids, typed, today) {
  return ids.flatMap((id) => ofField(form.fields[id], typed, id, today));
}

function ofField(field, typed, name, today) {
  const value = read(field, typed, name);
  const wrong = (code, said = {}) => [{ name, question: field.title, code, ...said }];
  if (value === null) return field.required ? wrong("required") : [];
  if (value === undefined) return wrong(NUMBERS.includes(field.type) ? "unread_number" : "unread_date");
  if (field.type === "list") {
    const { minItems = 0, maxItems = Infinity } = field.checks;
    if (value.length < minItems) return wrong("too_few", { limit: minItems });
    if (value.length > maxItems) return wrong("too_many", { limit: maxItems });
    return value.flatMap((place) => field.fields.flatMap((one) => ofField(one, typed, `${name}-${place}-${one.id}`, today)));
  }
  const [code, limit] = broken(field, value) ?? [];
  if (code) return wrong(code, { limit });
  if (field.type !== "date") return [];
  const [first, last] = [field.notBefore, field.notAfter].map((day) => (day === "today" ? today : day));
  if (last && value > last) return wrong("after", { day: last });
  return first && value < first ? wrong("before", { day: first }) : [];
}

function broken({ type, checks }, value) {
  if (type === "nik") {
    if (!/^[0-9]{16}$/.test(value)) return ["nik"];
    return checks.form && !new RegExp(checks.form).test(value) ? ["nik_form"] : null;
  }
  const size = typeof value === "string" ? [...value].length : 0;
  const isNumber = typeof value === "number";
  const isList = Array.isArray(value);
  const found = [
    ["too_short", size < checks.minLength, checks.minLength],
    ["too_long", size > checks.maxLength, checks.maxLength],
    ["too_small", isNumber && value < checks.minimum, checks.minimum],
    ["too_large", isNumber && value > checks.maximum, checks.maximum],
    ["step", isNumber && checks.multipleOf && !isMultiple(value, checks.multipleOf)],
    ["too_few", isList && value.length < checks.minItems, checks.minItems],
    ["too_many", isList && value.length > checks.maxItems, checks.maxItems],
    ["must_be_true", "const" in checks && value !== checks.const],
    ["pattern", typeof value === "string" && checks.pattern && !new RegExp(checks.pattern).test(value)],
  ].find(([, isBroken]) => isBroken);
  return found ? [found[0], found[2]] : null;
}

const isMultiple = (value, step) => Math.abs(value / step - Math.round(value / step)) < 1e-9;
