// Fields of the cards: they fill themselves from the plan, and what is typed is a step that undo takes back.
import { CLASSES } from "./classes.js";
import { copyOf, h } from "./dom.js";

let count = 0;

/** A field with a label above it: {element, fill()}. ``value()`` reads what it shows; ``change(value, isLast)`` takes what is typed. */
export function textField({ label, most, value, change, leave, readonly = false, placeholder = null }) {
  const input = h("input", { class: "in", maxlength: most, autocomplete: "off", spellcheck: "false", disabled: readonly, placeholder });
  const tidy = () => input.value.replace(/\s+/g, " ").trimStart();
  input.addEventListener("input", () => change(tidy(), false));
  input.addEventListener("change", () => change(tidy().trim(), true));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === "Escape") leave();
  });
  const fill = () => {
    if (document.activeElement !== input || input.value.trim() !== value().trim()) input.value = value();
  };
  return { element: h("label", { class: "field" }, h("span", {}, label), input), fill };
}

/** The six classes to choose from: {element, fill()}. ``value()`` is the class, or null where rooms differ. */
export function classField({ legend, value, change, readonly = false }) {
  const name = `class-${count++}`;
  const inputs = CLASSES.map((each) => h("input", { type: "radio", name, value: each.value, disabled: readonly, onchange: () => change(each.value) }));
  const options = CLASSES.map((each, index) =>
    h("label", {}, inputs[index], copyOf(`mark-${each.value}`), h("span", {}, each.word), h("kbd", { "aria-hidden": "true" }, String(index + 1))),
  );
  const fill = () => {
    for (const input of inputs) input.checked = input.value === value();
  };
  return { element: h("fieldset", {}, h("legend", {}, legend), h("div", { class: "seg" }, options)), fill };
}

/** A number of metres with its label beside it: {element, input}. */
export function metreField(label, value) {
  const input = h("input", { class: "in in-s", type: "number", step: "0.01", value: String(value), autocomplete: "off" });
  return { element: h("label", { class: "metres" }, h("span", {}, label), input), input };
}

/** A list to choose from: {element, select}. ``options`` are [value, words]. */
export function choiceField(label, options) {
  const select = h("select", { class: "in in-s" }, options.map(([value, words]) => h("option", { value }, words)));
  return { element: h("label", { class: "field" }, h("span", {}, label), select), select };
}

/** Put other options into a list, and keep what was chosen where it is still there. */
export function refill(select, options) {
  const chosen = select.value;
  select.replaceChildren(...options.map(([value, words]) => h("option", { value }, words)));
  if (options.some(([value]) => value === chosen)) select.value = chosen;
}
