// What stands around the desk's questions, in another language: its words change, its parts and what they do stay.

const LIVE = "waiting"; // counts while the language changes: its words are in attributes, and in data-words

function takeAttributes(part, other) {
  for (const { name, value } of other.attributes) if (name !== "hidden") part.setAttribute(name, value);
}

// Gives the page the words of `next`, a document or a fragment made by the same templates.
export function changeFrame(page, next, language) {
  page.documentElement.lang = language;
  for (const part of page.querySelectorAll("[data-frame]")) {
    const other = next.querySelector(`[data-frame="${part.dataset.frame}"]`);
    if (!other) continue;
    if (part.dataset.frame === LIVE) changeLive(part, other);
    else if (part.content) part.replaceWith(page.importNode(other, true));
    else {
      takeAttributes(part, other);
      part.replaceChildren(...[...other.childNodes].map((node) => page.importNode(node, true)));
    }
  }
}

function changeLive(part, other) {
  takeAttributes(part, other);
  const words = [...other.querySelectorAll("*")];
  for (const [at, each] of [...part.querySelectorAll("*")].entries()) {
    Object.assign(each.dataset, words[at].dataset);
    if ("words" in each.dataset) each.textContent = words[at].textContent;
  }
}
