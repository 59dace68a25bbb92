// "Record this visit" without a network: leads to the page on which a visit is begun on this device, where it is kept.

import { showUnreachable } from "./desk-swap.js";

const KEPT = "zonemap-visits"; // as visit_worker.js calls it
const PATIENCE_MS = 4000;

async function answers() {
  const asked = fetch("/health/live", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
  return asked.then((answer) => answer.ok).catch(() => false);
}

async function keptPage(address) {
  return (await globalThis.caches?.match(address, { cacheName: KEPT }).catch(() => undefined)) !== undefined;
}

export function recordWithoutNetwork(page) {
  let reached = false;

  page.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (reached || form.id !== "desk-form" || !submitter?.hasAttribute("data-record")) return;
    event.preventDefault();
    page.querySelector("main").setAttribute("aria-busy", "true");
    const blank = `${submitter.formAction}new`;
    reached = await answers();
    page.querySelector("main").removeAttribute("aria-busy");
    if (reached) form.requestSubmit(submitter);
    else if (await keptPage(blank)) window.location.assign(blank);
    else showUnreachable(page, form, submitter);
  });
}
