// A number was pressed: count the seconds that the clinic has set, then name the next to call. It counts calmly, outside
// <main>, so it goes on while the questions go on. Only its start and its end are read out.

const TICK_MS = 250;

const clock = (ms) => {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};
const filled = (words, name) => words.replace("{name}", name);

function listed(page) {
  return [...page.querySelectorAll("main .calls li")].map((item) => ({
    item,
    name: item.querySelector(".who b").textContent,
    href: item.querySelector("a").getAttribute("href"),
    number: item.querySelector(".num").textContent,
  }));
}

export function countCalls(page) {
  const box = page.querySelector("[data-wait]");
  if (!box) return { stop: () => {} };
  page.body.classList.add("counts");
  const part = (selector) => box.querySelector(selector);
  const [calling, then, left, over, told, next] = [
    "[data-calling]",
    "[data-then]",
    ".left",
    ".over",
    "[role=status]",
    "a",
  ].map(part);
  const running = [calling, then, left];
  let timer = 0;

  function stop() {
    clearInterval(timer);
    box.hidden = true;
    told.textContent = "";
  }

  // The list may not be on the page any more when the time is over: whom to call next is noted at the start.
  function start(list, at) {
    clearInterval(timer);
    const { name } = list[at];
    const after = list[at + 1];
    const ends = performance.now() + Number(box.dataset.wait) * 1000;
    const write = () => {
      // every time: the language may change meanwhile
      calling.textContent = filled(calling.dataset.calling, name);
      then.textContent = after ? filled(then.dataset.then, after.name) : then.dataset.last;
    };
    for (const each of running) each.hidden = false;
    over.hidden = next.hidden = true;
    box.hidden = false;
    told.textContent = told.dataset.started;

    const tick = () => {
      write();
      const rest = ends - performance.now();
      left.textContent = clock(rest);
      if (rest > 0) return;
      clearInterval(timer);
      const to = after ?? list[0];
      for (const each of running) each.hidden = true;
      over.textContent = after ? filled(over.dataset.next, name) : over.dataset.again;
      over.hidden = next.hidden = false;
      next.href = to.href;
      next.lastElementChild.textContent = `${to.name}, ${to.number}`;
      next.onclick = () => start(list, list.indexOf(to));
      told.textContent = `${over.textContent} ${next.textContent}`;
    };
    timer = setInterval(tick, TICK_MS);
    tick();
  }

  page.addEventListener("click", (event) => {
    const pressed = event.target.closest?.("main .calls a[href^='tel:']");
    if (!pressed) return;
    const list = listed(page);
    start(list, list.findIndex(({ item }) => item.contains(pressed)));
  });
  part("[data-picked-up]").addEventListener("click", () => {
    stop();
    told.textContent = told.dataset.answeredWords;
  });
  return { stop };
}
