// What keeps the public from walking through a door (zonemap/model/plan.py, DoorControl). A door without a word has a sign.

export const CONTROLS = [
  { value: "none", words: "Nothing" },
  { value: "sign", words: "A sign" },
  { value: "lock", words: "A lock, key or code" },
  { value: "staff", words: "Staff who are always there" },
];

export function controlOf(door) {
  return door.control ?? "sign";
}
