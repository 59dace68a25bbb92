// The sheets follow the options: the page is fetched with what was chosen, and its sheets take the place of these.
// Without this script the form's button does the same.

const PAUSE_MS = 350;
const PARTS = ["sheets", "pack-link"];

export function followOptions(page, form) {
  let waiting = new AbortController();
  let timer = 0;

  function address() {
    return `${form.action}?${new URLSearchParams(new FormData(form))}`;
  }

  function show(next) {
    for (const id of PARTS) {
      const [here, there] = [page.getElementById(id), next.getElementById(id)];
      if (here && there) here.replaceWith(page.adoptNode(there));
    }
    const [here, there] = [page.querySelector("h1"), next.querySelector("h1")];
    if (here && there) here.textContent = there.textContent;
  }

  function say(words) {
    page.getElementById("preview-status").textContent = words;
  }

  async function refresh() {
    waiting.abort();
    const mine = (waiting = new AbortController());
    const url = address();
    page.getElementById("sheets").setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { signal: mine.signal, headers: { Accept: "text/html" } });
      const next = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok || answer.redirected || !next.getElementById("sheets")) throw new Error("no sheets");
      show(next);
      const refused = next.querySelector("#sign-options .wrong");
      say(refused ? refused.textContent : "The sheets show your choices.");
      window.history.replaceState(null, "", url);
    } catch {
      if (mine.signal.aborted) return;
      page.getElementById("sheets").removeAttribute("aria-busy");
      say("The sheets could not be renewed. Press the button to try again.");
    }
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE_MS);
  }

  form.addEventListener("change", later);
  form.addEventListener("input", (event) => {
    if (event.target.type === "text") later();
  });
}

const form = document.getElementById("sign-options");
if (form) followOptions(document, form);
