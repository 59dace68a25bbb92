// What was found, in words.
import { plural } from "./dom.js";

/** "127 rooms, 150 doors, 120 numbers; 4 outlines to look at." */
export function summary({ rooms, doors, unsure }) {
  const numbers = rooms.filter(({ number }) => number).length;
  const parts = [plural(rooms.length, "room"), plural(doors.length, "door"), ...(numbers ? [`${plural(numbers, "number")} read`] : [])];
  return `${parts.join(", ")}.${unsure.size ? ` ${plural(unsure.size, "outline")} to look at.` : ""}`;
}

/** What is not among the proposals, and why; empty where nothing is missing. */
export function leftOut({ there, unfit }) {
  const parts = [];
  if (there) parts.push(`${plural(there, "room")} found ${there === 1 ? "is" : "are"} drawn already and ${there === 1 ? "stays as it is" : "stay as they are"}.`);
  if (unfit) parts.push(`${plural(unfit, "outline")} could not be ${unfit === 1 ? "a room" : "rooms"} and ${unfit === 1 ? "was" : "were"} left out.`);
  return parts.join(" ");
}
