// Where officers are asked to wait: a public room, and a place in it. Commands, and what the plan says of it in words.
import { labelOf } from "./classes.js";
import { holds } from "./outline.js";
import { gridPoint, SPOT } from "./plan.js";
import { middleOf } from "./styles.js";

const BESIDE = 1; // metres below a room's name, where there is space

/** The spot, {id, at}, or undefined. */
export function spotOf(plan) {
  return plan.spot.get(SPOT);
}

/** The room that a place lies in, or undefined. */
export function roomAt(plan, place) {
  return plan.rooms.find((room) => holds(room, place));
}

/** A place for it in a room: below the name, so that both can be read. */
export function placeIn(room) {
  const [x, y] = middleOf(room);
  return gridPoint(holds(room, [x, y - BESIDE]) ? [x, y - BESIDE] : [x, y]);
}

/** Why officers cannot be asked to wait at a place, in words, or null. */
export function spotProblem(plan, place) {
  const room = roomAt(plan, place);
  if (!room) return "Officers wait in a public room. There is no room here.";
  return room.class === "public" ? null : `${labelOf(room)} is not public. Officers wait where anybody may be: choose a public room.`;
}

/** Put the spot there, as one step. Gives the reason in words where it cannot be there. */
export function putSpot({ plan, history, say }, place, merge = null) {
  const at = gridPoint(place);
  const problem = spotProblem(plan, at);
  if (problem) {
    say(`Not done: ${problem}`);
    return problem;
  }
  history.do(spotOf(plan) ? "moving the waiting spot" : "placing the waiting spot", [{ put: "spot", value: { id: SPOT, at } }], merge);
  say(`Officers are asked to wait in ${labelOf(roomAt(plan, at))}.`);
  return null;
}

export function removeSpot({ plan, history, say }) {
  if (!spotOf(plan)) return;
  history.do("removing the waiting spot", [{ drop: "spot", id: SPOT }]);
  say("The waiting spot is gone. Undo brings it back.");
}

/** Where it is, in a sentence. */
export function spotSentence(plan) {
  const spot = spotOf(plan);
  if (!spot) return "No place is named yet.";
  const problem = spotProblem(plan, spot.at);
  return problem ? `It must be moved. ${problem}` : `Officers are asked to wait in ${labelOf(roomAt(plan, spot.at))}.`;
}
