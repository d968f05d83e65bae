/* The texts of the page come with it, in its language; days and moments are written as its readers write them. */
const list = document.getElementById("oc-words");
export const language = document.documentElement.lang;

/* A text with its blanks filled: `{number}`. A text that the page does not have is a mistake of ours. */
export function word(name, said = {}) {
  const found = list?.querySelector(`[data-word="${name}"]`);
  if (!found) throw new Error(`no text “${name}”`);
  return filled(found.textContent, said);
}

export const filled = (text, said) => text.replaceAll(/\{(\w+)\}/g, (blank, name) => said[name] ?? blank);

const written = (how) => new Intl.DateTimeFormat(language === "id" ? "id-ID" : "en-GB", how);
export const moment = (text) => written({ dateStyle: "long", timeStyle: "short" }).format(new Date(text));
export const day = (text) => written({ dateStyle: "long", timeZone: "UTC" }).format(new Date(text));

/* Today where the device is, as 2026-12-31. */
export function today(now = new Date()) {
  return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
}

/* The words of a mistake, from the sentences that came with the forms. */
export function sentence(sentences, mistake) {
  const said = { question: mistake.question, limit: mistake.limit, day: mistake.day && day(mistake.day) };
  return filled(sentences[mistake.code], said);
}
