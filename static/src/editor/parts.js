// The parts of the editor, in the order in which they are put to work. A part takes the editor and adds what it needs:
// a tool (tools.add), keys (keys.bind), buttons, something on the map. To add one, import it and put it into the list.
import { Clipboard } from "./clipboard.js";
import { ConflictCard } from "./conflict.js";
import { doorForm } from "./door_form.js";
import { DoorTool } from "./door_tool.js";
import { Finding } from "./finding.js";
import { KeyList } from "./key_list.js";
import { LayerPanel } from "./layer_panel.js";
import { Leaving } from "./leaving.js";
import { ManyTool } from "./many_tool.js";
import { MeasureTool } from "./measure_tool.js";
import { OtherTabs } from "./other_tabs.js";
import { MergeDialog } from "./merge_dialog.js";
import { Panel } from "./panel.js";
import { Problems } from "./problems.js";
import { Readiness } from "./readiness.js";
import { roomForm } from "./room_form.js";
import { RoomTool } from "./room_tool.js";
import { SaveState } from "./save_state.js";
import { scaleBar } from "./scale_bar.js";
import { SelectTool } from "./select_tool.js";
import { SplitTool } from "./split_tool.js";
import { Spotlight } from "./spotlight.js";
import { addSquaring } from "./squaring.js";
import { addStandardKeys } from "./standard_keys.js";
import { StepMemory } from "./step_memory.js";
import { SuggestPanel } from "./suggest_panel.js";
import { Table } from "./table.js";
import { ToolCard } from "./tool_card.js";
import { Toolbar } from "./toolbar.js";
import { TraceTool } from "./trace_tool.js";

/** Put all parts to work. Of two parts that want the same key or drag, the later one is asked first. */
export function addParts(editor) {
  const part = (name) => editor.part(name);
  addStandardKeys(editor);
  editor.toolbar = new Toolbar(editor);
  editor.toolCard = new ToolCard(editor);
  editor.doorTool = new DoorTool(editor);
  editor.roomTool = new RoomTool(editor);
  editor.selectTool = new SelectTool(editor);
  editor.splitTool = new SplitTool(editor);
  editor.manyTool = new ManyTool(editor);
  editor.toolCard.add("room", () => roomForm(editor));
  editor.toolCard.add("door", () => doorForm(editor));
  addSquaring(editor);
  editor.panel = new Panel(editor, part("card"));
  editor.table = new Table(editor, part("twin"), { onPick: (room) => editor.show("room", room.id) });
  editor.saveState = new SaveState(editor.saver, document.querySelector("[data-save]"), () => editor.stored);
  editor.problems = new Problems(editor);
  editor.mergeDialog = new MergeDialog(editor);
  editor.clipboard = new Clipboard(editor);
  editor.conflict = new ConflictCard(editor, part("conflict"));
  editor.readiness = new Readiness(editor);
  editor.memory = new StepMemory(editor);
  editor.leaving = new Leaving(editor);
  editor.otherTabs = new OtherTabs(editor);
  editor.measureTool = new MeasureTool(editor);
  editor.finding = new Finding(editor);
  editor.traceTool = new TraceTool(editor);
  editor.layerPanel = new LayerPanel(editor);
  editor.spotlight = new Spotlight(editor);
  editor.suggestPanel = new SuggestPanel(editor);
  editor.keyList = new KeyList(editor);
  scaleBar(editor.map, part("scale-bar"));
}
