// The classes of rooms in the order of their number keys: value, word, letter, short name of the colour tokens.

export const CLASSES = [
  { value: "public", word: "Public", letter: "O", token: "public" },
  { value: "private", word: "Private", letter: "P", token: "private" },
  { value: "residential", word: "Residential", letter: "H", token: "residential" },
  { value: "records", word: "Records", letter: "R", token: "records" },
  { value: "outdoor_private", word: "Outdoor private", letter: "Y", token: "outdoor" },
  { value: "undecided", word: "Undecided", letter: "?", token: "undecided" },
];

const BY_VALUE = new Map(CLASSES.map((each) => [each.value, each]));

export function classOf(room) {
  return BY_VALUE.get(room.class);
}

export function isClosed(room) {
  return room.class !== "public" && room.class !== "undecided";
}

/** Whether a door between the two is one where public meets closed. */
export function isThreshold(here, there) {
  if (!here || !there) return false;
  return (here.class === "public" && isClosed(there)) || (there.class === "public" && isClosed(here));
}

/** Whether a door gets a sign: a threshold, or a door from outdoors into a closed room. `there` is empty outdoors. */
export function getsSign(door, here, there) {
  if (door.rooms[1] === null) return Boolean(here) && isClosed(here);
  return isThreshold(here, there);
}

/** Number and name as a person says them. */
export function labelOf(room) {
  return [room.number, room.name].filter(Boolean).join(" ") || "Unnamed room";
}
