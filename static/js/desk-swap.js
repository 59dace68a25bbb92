// Answers are sent by fetch and <main> is swapped, so the browser keeps no history of them and Back leaves the desk.

import { changeFrame } from "./desk-frame.js";
import { keepLanguage } from "./desk-language.js";

const PATIENCE_MS = 8000;

function said(form, submitter) {
  const fields = new URLSearchParams(new FormData(form));
  if (submitter?.name) fields.append(submitter.name, submitter.value);
  return fields;
}

function show(page, main, title) {
  page.querySelector("main").replaceWith(main);
  if (title) page.title = title;
  window.scrollTo(0, 0);
  main.querySelector("h1, [aria-level='1']")?.focus({ preventScroll: true });
}

// No answer from the server: the page carries the safest answer with it.
export function showUnreachable(page, form, submitter) {
  const spare = page.querySelector("#unreachable");
  const main = page.createElement("main");
  main.id = "main";
  main.append(page.importNode(spare.content, true));
  const again = main.querySelector("[data-again]");
  show(page, main, spare.dataset.title);
  again.append(form); // hidden: the answers wait in it for the next try
  form.hidden = true;
  again.querySelector("[data-retry]").addEventListener("click", () => form.requestSubmit(submitter));
}

async function ask(form, fields, signal) {
  const answer = await fetch(form.action, { method: "POST", body: fields, signal, headers: { Accept: "text/html" } });
  if (answer.redirected || answer.status === 401 || answer.status === 403) {
    window.location.assign(answer.redirected ? answer.url : window.location.href);
    return null;
  }
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!next.querySelector("main form#desk-form")) throw new Error(`The desk was not answered: ${answer.status}`);
  return next;
}

export function stayOnOnePage(page) {
  let waiting = new AbortController();

  page.addEventListener(
    "click",
    (event) => {
      // The second click of a double click would fall on the next question.
      if (event.detail > 1 && event.target.closest(".answer")) event.preventDefault();
    },
    true,
  );

  page.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (form.id !== "desk-form" || submitter?.hasAttribute("formaction")) return; // elsewhere: a page of its own
    event.preventDefault();
    waiting.abort();
    const mine = (waiting = new AbortController());
    const timer = setTimeout(() => mine.abort("late"), PATIENCE_MS);
    page.querySelector("main").setAttribute("aria-busy", "true");
    try {
      const next = await ask(form, said(form, submitter), mine.signal);
      if (next && submitter?.name === "language") {
        changeFrame(page, next, next.documentElement.lang);
        keepLanguage(next.documentElement.lang);
      }
      if (next) show(page, page.adoptNode(next.querySelector("main")), next.title);
    } catch {
      if (!mine.signal.aborted || mine.signal.reason === "late") showUnreachable(page, form, submitter);
    } finally {
      clearTimeout(timer);
    }
  });
}
