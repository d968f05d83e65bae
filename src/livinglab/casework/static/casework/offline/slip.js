/* What the citizen takes home: when it was taken, where its status will stand, and its number once it has one. */
import { moment, word } from "./words.js";

/* How an application is called on its device until it has a number. */
export const slipNumber = (entry) => entry.id.slice(0, 8).toUpperCase();

/* The names of what was attached; those of what was sent are on the receipt. */
const attached = (entry) => Object.values(entry.files ?? {}).filter(Boolean).map(({ name }) => name).join(", ");

export function printed(desk, entry) {
  const { part, root } = desk;
  const isSent = entry.state === "sent";
  const address = entry.address || new URL(`${root.dataset.applications}${entry.token}/`, location.origin).href;
  const rows = [
    isSent ? [word("slip-number"), entry.number] : [word("slip-code"), slipNumber(entry)],
    [word("slip-before"), isSent ? slipNumber(entry) : ""],
    [word("slip-service"), entry.service],
    [word("slip-for"), entry.label],
    [word("slip-files"), attached(entry)],
    [word("slip-taken"), moment(entry.taken_at)],
    [word("slip-by"), desk.officer.officer.name],
    [word("slip-address"), address],
  ];
  part("slip-title").textContent = word(isSent ? "slip-sent" : "slip-kept");
  part("slip-what").textContent = word(isSent ? "slip-sent-what" : "slip-kept-what");
  part("slip").querySelector("dl").replaceChildren(...rows.filter(([, text]) => text).map(([name, text]) => {
    const row = document.createElement("div");
    row.append(Object.assign(document.createElement("dt"), { textContent: name }), Object.assign(document.createElement("dd"), { textContent: text }));
    return row;
  }));
  const link = part("receipt");
  link.hidden = !isSent;
  link.href = `${address}receipt/`;
  desk.show("slip");
}
