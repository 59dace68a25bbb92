// Starts the editor on the page that holds it.
import { Editor } from "./editor.js";
import { addParts } from "./parts.js";
import { fetchJson } from "./server.js";
import { takeTab } from "./this_tab.js";

async function start(root) {
  const wait = document.querySelector("[data-loading]");
  try {
    const [draft, tab] = await Promise.all([fetchJson(root.dataset.draft), takeTab()]);
    root.hidden = false;
    if (wait) wait.hidden = true;
    const editor = new Editor(root, draft, tab);
    addParts(editor);
    editor.showHash();
    root.dataset.ready = "yes";
    editor.loadFacts().catch(() => {}); // the next save brings them
    root.editor = editor; // the journeys look at the map through this
  } catch (error) {
    if (wait) wait.firstElementChild.textContent = error.message;
    throw error;
  }
}

const root = document.querySelector("[data-editor]");
if (root) start(root);
