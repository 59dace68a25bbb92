// The count of what is missing, and whether the floor can be designated now.

export class Readiness {
  constructor(editor) {
    editor.saver.addEventListener("accepted", ({ detail }) => {
      this.show(detail.missing);
      if (!editor.saver.count) editor.setBase(editor.plan);
    });
  }

  show(missing) {
    const head = document.querySelector("[data-designate]");
    if (!head) return;
    head.querySelector("[data-missing]").hidden = !missing.length;
    head.querySelector("[data-missing] .chip").textContent = String(missing.length);
    head.querySelector("[data-go]").hidden = missing.length > 0;
    head.querySelector("[data-not-yet]").hidden = !missing.length;
  }
}
