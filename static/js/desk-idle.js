// Nobody touched the desk for some minutes: back to the first question. A minute before, it says so.

const MINUTE_MS = 60 * 1000;

// How long stands in the page (data-minutes). Without a server `again` shows the first question.
export function clearWhenIdle(page, again) {
  const notice = page.querySelector("[data-idle]");
  if (!notice) return;
  const clearAfter = Number(notice.dataset.minutes) * MINUTE_MS;
  const answered = () => page.querySelector("main [data-answered]");
  let warning = 0;
  let clearing = 0;

  const clear = () => {
    notice.hidden = true;
    if (!answered()) return;
    if (again) again();
    else window.location.replace(notice.dataset.idle);
  };
  const warn = () => {
    notice.hidden = !answered();
  };
  const touched = () => {
    notice.hidden = true;
    clearTimeout(warning);
    clearTimeout(clearing);
    warning = setTimeout(warn, clearAfter - MINUTE_MS);
    clearing = setTimeout(clear, clearAfter);
  };

  for (const kind of ["pointerdown", "pointermove", "keydown", "wheel", "submit"]) {
    page.addEventListener(kind, touched, { passive: true });
  }
  touched();
}
