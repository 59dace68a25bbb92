// Thresholds: the doors and openings where public meets a closed class, as the server finds them
// (zonemap/geometry/thresholds.py); and those of which nobody can tell yet, for a room beside them is undecided.
import { isThreshold } from "./classes.js";

const natural = new Intl.Collator("en", { numeric: true });

/** {thresholds: [{door, open, closed}], unclear: doors}, in the order of the plates. */
export function thresholdsOf(plan) {
  const found = { thresholds: [], unclear: [] };
  const doors = [...plan.doors].sort((one, two) => natural.compare(one.number || "\uffff", two.number || "\uffff"));
  for (const door of doors) {
    const [here, there] = door.rooms.map((id) => plan.room.get(id));
    if (!here || !there) continue;
    if (isThreshold(here, there)) {
      const [open, closed] = here.class === "public" ? [here, there] : [there, here];
      found.thresholds.push({ door, open, closed });
    } else if (isUndecided(here, there) || isUndecided(there, here)) found.unclear.push(door);
  }
  return found;
}

function isUndecided(here, there) {
  return here.class === "undecided" && there.class !== "undecided";
}
