// The desk without a server: the same pages from the document in window.zonemapDesk. Nothing is kept, nothing is sent.
import { countCalls } from "../../js/desk-calls.js";
import { answerByKeys } from "../../js/desk-keys.js";
import { clearWhenIdle } from "../../js/desk-idle.js";
import { deskClock } from "./clock.js";
import { changeFrame } from "../../js/desk-frame.js";
import { keepLanguage, keptLanguage } from "../../js/desk-language.js";
import { speech } from "./language.js";
import { deskPages } from "./pages.js";
import { deskTable, nothingSaid } from "./table.js";

const WRONG = "tick_one"; // the key of a text

export function startDesk(page, doc) {
  const table = deskTable(doc.table);
  const clock = deskClock(doc);
  let said = speech(doc, keptLanguage() in doc.languages ? keptLanguage() : "en");
  let pages = deskPages(doc, clock, said);
  let answers = nothingSaid();
  let last = {};

  function soFar(steps) {
    return steps.map(({ key, paper, field }) => {
      const { short, answers: words } = doc.table.words[key];
      const told = [answers.given.get(field)].flat().map((value) => said.tell(words[value][0]));
      const question = paper > 1 ? said.t("of_paper", { paper, text: said.tell(short) }) : said.tell(short);
      return { field, question, answer: told.flatMap((each, at) => (at ? [", ", each] : [each])) };
    });
  }

  function made({ deed = "say", before, more, wrong } = {}) {
    if (clock.pastDate()) return pages.hold();
    const { steps, open } = table.walk(answers);
    if (deed === "calls") return pages.calls(!open);
    const { given } = answers;
    if (open) return pages.question({ open, steps: soFar(steps), given, before, more: more === open.field, wrong });
    return pages.answer({ made: table.answer(answers), steps: soFar(steps), given });
  }

  function show(how, first) {
    last = how;
    const { title, main } = made(how);
    const made_ = new DOMParser().parseFromString(`<main id="main">${main.text}</main>`, "text/html");
    page.querySelector("main").replaceWith(page.adoptNode(made_.querySelector("main")));
    page.title = said.attr("page_title", { title });
    if (first) return;
    window.scrollTo(0, 0);
    page.querySelector("main [role=alert], main h1").focus({ preventScroll: true });
  }

  // Another language: the same page in it, and all that stands around it.
  function speak(language) {
    said = speech(doc, language);
    pages = deskPages(doc, clock, said);
    changeFrame(page, page.querySelector(`template[data-language="${language}"]`).content, language);
    fill(page, doc, said);
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
    const before_ = answers.given.get(about);
    answers = table.turned(answers, deed, about);
    const before = deed === "change" && before_ !== undefined ? { key: about.replace(/^paper\d-/, ""), said: before_ } : undefined;
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
    if (event.submitter.name !== "language") return show(pressed(event.target, event.submitter));
    keepLanguage(event.submitter.value);
    speak(event.submitter.value);
    show(last);
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
  speak(said.language);
  show({}, true);
}

function fill(page, doc, texts) {
  for (const each of page.querySelectorAll("[data-text]")) each.textContent = texts[each.dataset.text];
  const when = new Intl.DateTimeFormat(texts.language === "en" ? "en-US" : texts.language, { dateStyle: "medium", timeStyle: "short", timeZone: doc.clock });
  for (const each of page.querySelectorAll("[data-made]")) each.textContent = when.format(new Date(doc.made));
}

if (window.zonemapDesk) startDesk(document, window.zonemapDesk);
