// Hours of a room or a door in words, as the server says them (zonemap/model/hours.py), and the way to their page.
import { classOf } from "./classes.js";
import { CONTROLS } from "./controls.js";
import { h } from "./dom.js";

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const DAY = 24 * 60;

/** "Mon to Fri, 6 pm to 7 am". */
export function spokenSpell({ days, start, end }) {
  const times = start === end % DAY ? "all day" : `${spokenTime(start)} to ${spokenTime(end)}`;
  return `${spokenDays(days)}, ${times}`;
}

function spokenDays(days) {
  const ordered = [...new Set(days)].sort((one, two) => one - two);
  if (ordered.length === DAYS.length) return "every day";
  if (ordered.length > 2 && ordered.at(-1) - ordered[0] === ordered.length - 1) return `${DAYS[ordered[0]]} to ${DAYS[ordered.at(-1)]}`;
  const names = ordered.map((day) => DAYS[day]);
  return names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function spokenTime(minutes) {
  const at = minutes % DAY;
  if (at === 0 || at === DAY / 2) return at ? "noon" : "midnight";
  const [hour, minute] = [Math.floor(at / 60), at % 60];
  return `${((hour + 11) % 12) + 1}${minute ? `:${String(minute).padStart(2, "0")}` : ""} ${hour < 12 ? "am" : "pm"}`;
}

function whatOf(spell) {
  return classOf({ class: spell.what })?.word ?? CONTROLS.find(({ value }) => value === spell.what)?.words ?? spell.what;
}

/** What is set at other hours, each of which can be taken away, and the link that adds some: {element, fill()}. */
export function hoursField(editor, kind, value) {
  const { tools, edits, root, leaving } = editor;
  const list = h("ul", { class: "door-list" });
  const href = root.dataset.hours;
  const link = tools.readonly ? null : h("a", { class: "small", href, onclick: (event) => leaving.leave(event, link.href) }, "Add other hours");
  const remove = (place) => () => {
    const { id, hours } = value();
    edits.change(kind, id, { hours: hours.filter((_, index) => index !== place) }, "removing hours");
    edits.say("The hours are gone. Undo brings them back.");
  };
  const fill = () => {
    const { id, hours = [] } = value() ?? {};
    if (link) link.href = `${href}?target=${encodeURIComponent(id)}#add`;
    const lines = hours.map((spell, place) => h("li", {}, `${spokenSpell(spell)}: ${whatOf(spell)} `,
      tools.readonly ? null : h("button", { type: "button", class: "link", "aria-label": `Remove the hours ${spokenSpell(spell)}`, onclick: remove(place) }, "Remove")));
    list.replaceChildren(...(lines.length ? lines : [h("li", { class: "quiet" }, "The same at all hours.")]));
  };
  return { element: h("section", { class: "stack-s" }, h("h3", {}, "At other hours"), list, link), fill };
}
