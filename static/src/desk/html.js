// Markup with every text in it escaped; only what `raw` gives goes in as it is.

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };

class Raw {
  constructor(text) {
    this.text = text;
  }
}
export const raw = (text) => new Raw(text);
export const escaped = (text) => String(text).replace(/[&<>"']/g, (sign) => ESCAPES[sign]);
const write = (part) => {
  if (part === undefined || part === null || part === false || part === 0 || part === "") return "";
  if (part instanceof Raw) return part.text;
  if (Array.isArray(part)) return part.map(write).join("");
  return escaped(part);
};
export const html = (texts, ...parts) => raw(texts.map((text, at) => text + write(parts[at])).join(""));
