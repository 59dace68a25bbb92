// Squaring what is selected, by key or button.
import { squareRooms } from "./reshape.js";

export function addSquaring(editor) {
  const square = () => {
    const { rooms } = editor.selection;
    const problem = rooms.length ? squareRooms(editor.edits, rooms) : "Select a room first, or several.";
    if (problem) editor.say(problem);
  };
  editor.keys.bind({ keys: ["q"], words: "make nearly right angles right", deed: square });
  editor.part("square")?.addEventListener("click", square);
}
