// Number keys press the button, or tick the box, that shows the same number. Nothing is ever chosen by holding a key.

const BOUNCE_MS = 200; // a trembling second press of the same key would answer the next question

const typing = (target) => target instanceof Element && target.closest("textarea, select, input:not([type=checkbox])");

export function answerByKeys(page) {
  let last = { key: "", at: -Infinity };

  const bounced = (event) => {
    const twice = event.key === last.key && event.timeStamp - last.at < BOUNCE_MS;
    last = { key: event.key, at: event.timeStamp };
    return event.repeat || twice;
  };

  page.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (/^[0-9]$/.test(event.key)) {
      const target = page.querySelector(`main [data-key="${event.key}"]`);
      if (!target || bounced(event)) return;
      event.preventDefault();
      target.click();
    } else if (event.key === "Enter" && !event.target.closest("button, a, input, summary")) {
      page.querySelector("main [data-continue]")?.click();
    }
  });
}
