// The desk without a server: the same pages from the document in window.zonemapDesk. Nothing is kept, nothing is sent.
import { countCalls } from "../../js/desk-calls.js";
import { answerByKeys } from "../../js/desk-keys.js";
import { clearWhenIdle } from "../../js/desk-idle.js";
import { deskClock } from "./clock.js";
import { deskPages } from "./pages.js";
import { deskTable, nothingSaid } from "./table.js";

const WRONG = "Tick what they ask for, or tick “I can’t tell”.";

export function startDesk(page, doc) {
  const table = deskTable(doc.table);
  const clock = deskClock(doc);
  const pages = deskPages(doc, clock);
  let answers = nothingSaid();

  function soFar(steps) {
    return steps.map(({ key, paper, field }) => {
      const { short, answers: words } = doc.table.words[key];
      const said = [answers.given.get(field)].flat().map((value) => words[value][0]);
      return { field, question: paper > 1 ? `Paper ${paper}: ${short}` : short, answer: said.join(", ") };
    });
  }

  function made({ deed = "say", before, more, wrong } = {}) {
    if (clock.pastDate()) return pages.hold("The rules on this device are past their review date.");
    const { steps, open } = table.walk(answers);
    if (deed === "calls") return pages.calls(!open);
    const { given } = answers;
    if (open) return pages.question({ open, steps: soFar(steps), given, before, more: more === open.field, wrong });
    return pages.answer({ made: table.answer(answers), steps: soFar(steps), given });
  }

  function show(how, first) {
    const { title, main } = made(how);
    const made_ = new DOMParser().parseFromString(`<main id="main">${main.text}</main>`, "text/html");
    page.querySelector("main").replaceWith(page.adoptNode(made_.querySelector("main")));
    page.title = `${title} – Desk – zonemap`;
    if (first) return;
    window.scrollTo(0, 0);
    page.querySelector("main [role=alert], main h1").focus({ preventScroll: true });
  }

  function pressed(form, submitter) {
    const fields = new FormData(form);
    const ticked = [...new Set(fields.keys())].map((name) => [name, fields.getAll(name)]);
    const [deed, about] = submitter.name === "do" ? submitter.value.split(":") : ["say"];
    if (submitter.name !== "do") {
      const value = submitter.value;
      const several = form.querySelector("input[type=checkbox]");
      const all = several ? [...new Set([...fields.getAll(submitter.name), value])] : value;
      answers = table.saying(answers, submitter.name, all);
      return {};
    }
    if (deed === "say" && about && !ticked.some(([name]) => name === about)) return { wrong: WRONG };
    for (const [name, values] of ticked) answers = table.saying(answers, name, values);
    const said = answers.given.get(about);
    answers = table.turned(answers, deed, about);
    const before = deed === "change" && said !== undefined ? { key: about.replace(/^paper\d-/, ""), said } : undefined;
    return { deed, before, more: deed === "more" ? about : undefined };
  }

  page.addEventListener(
    "click",
    (event) => {
      if (event.detail > 1 && event.target.closest(".answer")) event.preventDefault();
    },
    true,
  );
  page.addEventListener("submit", (event) => {
    if (event.target.id !== "desk-form") return;
    event.preventDefault();
    show(pressed(event.target, event.submitter));
  });
  const counting = countCalls(page);
  const again = () => {
    counting.stop();
    answers = nothingSaid();
    show({}, true);
  };
  // Back to this page shows the first question, whatever stood here when it was left.
  window.addEventListener("pageshow", (event) => event.persisted && again());
  window.addEventListener("pagehide", again);
  answerByKeys(page);
  clearWhenIdle(page, again);
  show({}, true);
}

function fill(page, doc) {
  const texts = { ...doc.facility, in_force: doc.in_force, mark: doc.mark, rules: doc.rules };
  for (const each of page.querySelectorAll("[data-text]")) each.textContent = texts[each.dataset.text];
  const when = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeStyle: "short", timeZone: doc.clock });
  for (const each of page.querySelectorAll("[data-made]")) each.textContent = when.format(new Date(doc.made));
}

if (window.zonemapDesk) {
  fill(document, window.zonemapDesk);
  startDesk(document, window.zonemapDesk);
}
