// What was ticked and has not been sent yet, on this phone, in the order in which it was ticked.

import { queueOf } from "./kept_queue.js";

export { newId } from "./kept_queue.js";

const ticks = queueOf("zonemap-wall", "ticks");

export const { put, remove } = ticks;

export async function waiting(facility) {
  const all = await ticks.all();
  return all.filter((tick) => tick.facility === facility).sort((one, other) => one.at.localeCompare(other.at));
}
