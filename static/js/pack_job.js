// How far a pack is, asked for again every second. Without this file there is a link that looks again.

const EVERY_MS = 1000;

const job = document.querySelector("[data-job]");
if (job) {
  job.querySelector("[data-again]").hidden = true;
  setTimeout(look, EVERY_MS);
}

async function look() {
  const answer = await fetch(job.dataset.job, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return setTimeout(look, 5 * EVERY_MS);
  const { state, done, total, seconds_left: left } = await answer.json();
  if (state !== "running") return location.reload();
  job.querySelector("progress").value = done;
  const time = left === null ? "" : `, about ${left} ${left === 1 ? "second" : "seconds"} left`;
  job.querySelector("[data-said]").textContent = `${done} of ${total} ${total === 1 ? "sheet" : "sheets"}${time}.`;
  setTimeout(look, EVERY_MS);
}
