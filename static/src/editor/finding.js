// Finding a room by its number or name: a key leads to the field in the table, Enter there to the first room it finds.

export class Finding {
  constructor(editor) {
    const field = editor.part("table-search");
    const first = () => editor.part("twin").querySelector("tbody button[data-room]");
    editor.keys.bind({
      keys: ["/"],
      words: "find a room by number or name; Enter shows it",
      reads: true,
      deed: () => {
        field.focus();
        field.select();
      },
    });
    field.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") editor.map.getTargetElement().focus();
      if (key !== "Enter" || !field.value.trim()) return;
      requestAnimationFrame(() => { // the table is drawn in this frame
        const found = first();
        if (found) found.click();
        else editor.say("No room has that number or name.");
      });
    });
  }
}
