// Lengths and areas of a measured line, in metres and in feet. Nothing is drawn here.
import { feetAndInches, squareFeet } from "./areas.js";
import { area, distance } from "./rings.js";

/** The lengths of the pieces between places, in metres. */
export function pieces(places) {
  return places.slice(1).map((place, index) => distance(places[index], place));
}

export function lengthInWords(metres) {
  return `${metres.toFixed(2)} m (${feetAndInches(metres)})`;
}

/** What was measured, in one sentence: the whole length, and the area where the line could be closed. */
export function measured(places) {
  if (places.length < 2) return "";
  const long = pieces(places);
  const whole = `${lengthInWords(long.reduce((sum, each) => sum + each, 0))}${long.length > 1 ? ` in ${long.length} pieces` : ""}`;
  if (places.length < 3) return `${whole}.`;
  const closed = area(places);
  return `${whole}. Closed, it is ${closed.toFixed(1)} m² (${squareFeet(closed)}).`;
}
