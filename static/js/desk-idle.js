// Nobody touched the desk for five minutes: back to the first question. A minute before, it says so.

const WARN_AFTER_MS = 4 * 60 * 1000;
const CLEAR_AFTER_MS = 5 * 60 * 1000;

export function clearWhenIdle(page) {
  const notice = page.querySelector("[data-idle]");
  if (!notice) return;
  const answered = () => page.querySelector("main [data-answered]");
  let warning = 0;
  let clearing = 0;

  const clear = () => {
    if (answered()) window.location.replace(notice.dataset.idle);
  };
  const warn = () => {
    notice.hidden = !answered();
  };
  const touched = () => {
    notice.hidden = true;
    clearTimeout(warning);
    clearTimeout(clearing);
    warning = setTimeout(warn, WARN_AFTER_MS);
    clearing = setTimeout(clear, CLEAR_AFTER_MS);
  };

  for (const kind of ["pointerdown", "pointermove", "keydown", "wheel", "submit"]) {
    page.addEventListener(kind, touched, { passive: true });
  }
  touched();
}
