// The texts of a language, as zonemap/web/desk_language.py gives them: what has no translation comes out in English and is
// marked as English.
import { html, raw } from "./html.js";

const LIST = ", ";
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const plain = (text) => text.replace(/[‹›]/g, "");

// ‹…› holds words that stay English.
const marked = (text) =>
  text.includes("‹")
    ? text.split(/‹([^›]*)›/).map((part, at) => (at % 2 ? html`<span lang="en">${part}</span>` : html`${part}`))
    : html`${text}`;

export function speech(doc, language) {
  const own = doc.languages[language];
  const english = language === "en";
  const known = (text) => (english ? text : own.told[text]);

  // What was asked and the answers to it, put together here: each part by itself.
  const row = (text) => {
    const at = text.indexOf(": ");
    if (at < 0) return undefined;
    const [asked, answers] = [text.slice(0, at), text.slice(at + 2)];
    const said = known(answers) ? [known(answers)] : answers.split(LIST).map(known);
    return known(asked) && said.every(Boolean) ? `${known(asked)}: ${said.join(LIST)}` : undefined;
  };
  const tell = (text) => {
    const said = known(text) ?? row(text);
    if (said !== undefined) return marked(said);
    return html`<span lang="en">${text}</span>`;
  };
  // A text of the screens, for a place that holds marks, and for an attribute or a title.
  const attr = (key, values = {}) => filled(plain(own.screen[key]), values);
  const t = (key, values = {}) => {
    const parts = own.screen[key].split(/\{(\w+)\}/);
    return parts.map((part, at) => (at % 2 ? html`${values[part]}` : marked(part)));
  };
  const clock = (minutes) => {
    const [hour, minute] = [Math.floor(minutes / 60) % 24, minutes % 60];
    if (minute === 0 && hour % 12 === 0) return attr(hour ? "noon" : "midnight");
    const time = `${((hour + 11) % 12) + 1}${minute ? `:${String(minute).padStart(2, "0")}` : ""}`;
    return attr(hour < 12 ? "clock_am" : "clock_pm", { clock: time });
  };
  return {
    ...own,
    language,
    t,
    attr,
    tell,
    plain: (text) => plain(known(text) ?? text),
    means: (text) => !english && known(text) && marked(known(text)),
    enough: english ? "" : raw(' lang="en"'),
    clock,
  };
}
