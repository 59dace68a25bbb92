// The form of a visit: read into values that can wait on this device, filled from them again, sent by hand.

import { small } from "./wall_photo.js";

const OWN = new Set(["csrf_token", "entry", "seen", "mine"]);

export async function collected(form) {
  const fields = [];
  const files = [];
  for (const [name, value] of new FormData(form)) {
    if (name === "csrf_token" || name === "mine") continue;
    if (!(value instanceof File)) fields.push([name, value]);
    else if (value.size) files.push([name, await small(value)]);
  }
  return { fields, files };
}

export function renewed(form, newId) {
  for (const field of form.elements) if (field.name === "entry" || field.name.endsWith("-fresh")) field.value = newId();
}

// A photo that waits goes with its own entry: the row then names it, and a further one gets an id of its own.
export function filled(form, item, newId) {
  const given = new Map();
  for (const [name, value] of item.fields) given.set(name, [...(given.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || field.type === "file" || OWN.has(field.name)) continue;
    const values = given.get(field.name) ?? [];
    if (field.type === "checkbox") {
      field.checked = values.includes(field.value);
      field.dispatchEvent(new Event("change"));
    } else if (values.length) [field.value] = values;
  }
  form.elements.seen.value = given.get("seen")[0];
  for (const [name] of item.files) {
    const row = name.replace(/-file$/, "");
    form.elements[`${row}-photo`].value = form.elements[`${row}-fresh`].value;
    form.elements[`${row}-fresh`].value = newId();
  }
}

// As a page of its own: it says what is wrong beside the field, or what somebody else wrote there meanwhile.
export function sentByHand(item, token) {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: item.address, enctype: "multipart/form-data", hidden: true });
  for (const [name, value] of [...item.fields, ["csrf_token", token]]) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  for (const [name, file] of item.files) {
    const held = new DataTransfer();
    held.items.add(new File([file], "photo.jpg", { type: "image/jpeg" }));
    form.append(Object.assign(document.createElement("input"), { type: "file", name, files: held.files }));
  }
  document.body.append(form);
  form.submit();
}
