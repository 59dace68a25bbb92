// The parts of the editor, in the order in which they are put to work. A part takes the editor and adds what it needs:
// a tool (tools.add), keys (keys.bind), buttons, something on the map. To add one, import it and put it into the list.
import { ConflictCard } from "./conflict.js";
import { DoorTool } from "./door_tool.js";
import { Finding } from "./finding.js";
import { KeyList } from "./key_list.js";
import { LayerPanel } from "./layer_panel.js";
import { Leaving } from "./leaving.js";
import { MeasureTool } from "./measure_tool.js";
import { Panel } from "./panel.js";
import { Readiness } from "./readiness.js";
import { RoomTool } from "./room_tool.js";
import { SaveState } from "./save_state.js";
import { scaleBar } from "./scale_bar.js";
import { SelectTool } from "./select_tool.js";
import { Spotlight } from "./spotlight.js";
import { addStandardKeys } from "./standard_keys.js";
import { SuggestPanel } from "./suggest_panel.js";
import { Table } from "./table.js";
import { Toolbar } from "./toolbar.js";

/** Put all parts to work. Of two parts that want the same key or drag, the later one is asked first. */
export function addParts(editor) {
  const part = (name) => editor.part(name);
  addStandardKeys(editor);
  editor.toolbar = new Toolbar(editor);
  editor.doorTool = new DoorTool(editor);
  editor.roomTool = new RoomTool(editor);
  editor.selectTool = new SelectTool(editor);
  editor.panel = new Panel(editor, part("card"));
  editor.table = new Table(editor, part("twin"), { onPick: (room) => editor.show("room", room.id) });
  editor.saveState = new SaveState(editor.saver, document.querySelector("[data-save]"), () => editor.stored);
  editor.conflict = new ConflictCard(editor, part("conflict"));
  editor.readiness = new Readiness(editor);
  editor.leaving = new Leaving(editor);
  editor.measureTool = new MeasureTool(editor);
  editor.finding = new Finding(editor);
  editor.layerPanel = new LayerPanel(editor);
  editor.spotlight = new Spotlight(editor);
  editor.suggestPanel = new SuggestPanel(editor);
  editor.keyList = new KeyList(editor);
  scaleBar(editor.map, part("scale-bar"));
}
