// The map beside the list of areas that officers asked to enter: pressing a room ticks it in the list. The list is what
// is sent, and is all that a keyboard or a screen reader needs.

for (const pick of document.querySelectorAll("[data-zone-pick]")) begin(pick);
for (const words of document.querySelectorAll("[data-by-map]")) words.hidden = false;

function begin(pick) {
  const drawing = pick.querySelector("svg.plan, svg");
  if (!drawing) return;
  pick.querySelector(".zone-map").toggleAttribute("data-picks", true);
  const boxes = new Map([...pick.querySelectorAll("input[name=zones]")].map((box) => [box.value, box]));
  for (const box of boxes.values()) {
    box.addEventListener("change", () => mark(drawing, box));
    mark(drawing, box);
  }
  drawing.addEventListener("click", (event) => {
    // A hatch or a name may lie on the room that is meant.
    const under = document.elementsFromPoint(event.clientX, event.clientY);
    const box = boxes.get(under.find((each) => each.dataset?.room && drawing.contains(each))?.dataset.room);
    if (!box) return;
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
    const list = box.closest(".zone-list");
    list.scrollTop += box.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 2;
  });
}

function mark(drawing, box) {
  drawing.querySelector(`.zone-on[data-of="${CSS.escape(box.value)}"]`)?.remove();
  if (!box.checked) return;
  const room = drawing.querySelector(`[data-room="${CSS.escape(box.value)}"]`);
  const shown = room?.cloneNode();
  if (!shown) return;
  shown.removeAttribute("data-room");
  shown.setAttribute("class", "zone-on");
  shown.dataset.of = box.value;
  drawing.append(shown);
}
