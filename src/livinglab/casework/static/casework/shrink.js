// Makes a photo smaller in the browser before it is sent: at most 1600 pixels a side, as JPEG, without what the camera
// wrote into it. Whatever the browser cannot do, it leaves: the file is sent as it was chosen.
const MOST_PIXELS = 1600;
const QUALITY = 0.82;
const WORTHWHILE = 300 * 1024; // smaller photos stay

const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
export const written = (bytes) =>
  bytes < 1024 * 1024 ? `${number.format(Math.max(1, Math.round(bytes / 1024)))} KB` : `${number.format(bytes / 1024 / 1024)} MB`;

async function smaller(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, MOST_PIXELS / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const brush = canvas.getContext("2d");
  brush.fillStyle = "white"; // JPEG knows no transparency
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const content = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  const isJpeg = content?.type === "image/jpeg";
  if (!isJpeg || (content.size >= file.size && /^image\/(jpeg|png)$/.test(file.type))) return null;
  const name = `${file.name.replace(/\.[^.]*$/, "") || "foto"}.jpg`;
  return new File([content], name, { type: "image/jpeg", lastModified: file.lastModified });
}

// The photo made smaller, null where it stays as it is.
export async function smallerPhoto(file) {
  const isOurs = /^image\/(jpeg|png)$/.test(file.type);
  if (!file.type.startsWith("image/") || (isOurs && file.size < WORTHWHILE)) return null;
  return smaller(file).catch(() => null);
}

export const saved = (input, before, after) => input.dataset.shrinks.replace("{before}", written(before.size)).replace("{after}", written(after.size));

async function shrink(input, told) {
  const [file] = input.files;
  told.textContent = "";
  const small = file && (await smallerPhoto(file));
  if (!small || input.files[0] !== file) return; // another one was chosen meanwhile
  const files = new DataTransfer();
  files.items.add(small);
  input.files = files.files;
  told.textContent = saved(input, file, small);
}

const drawn = new Set();
for (const input of document.querySelectorAll("input[data-shrinks]")) {
  const told = input.parentElement.querySelector("output");
  input.addEventListener("change", () => {
    const one = shrink(input, told).finally(() => drawn.delete(one));
    drawn.add(one);
  });
}

// A form that is sent while a photo is still drawn waits for it.
addEventListener("submit", (event) => {
  if (!drawn.size) return;
  const { target, submitter } = event;
  event.preventDefault();
  Promise.allSettled(drawn).then(() => target.requestSubmit(submitter));
});
