// Asking the server for rooms. An answer that is no good becomes an Error with a sentence to show.

const token = () => document.querySelector('meta[name="csrf-token"]').content;
const PATIENCE_MS = 200_000;

const LOOK_MS = 700;
const JSON_ONLY = { Accept: "application/json" };

/** Ask with JSON, or with a FormData; gives the answer's JSON. ``signal`` gives it up. */
export async function ask(address, question, signal = null) {
  const isForm = question instanceof FormData;
  const headers = { Accept: "application/json", "X-CSRF-Token": token(), ...(isForm ? {} : { "Content-Type": "application/json" }) };
  const given = AbortSignal.any([AbortSignal.timeout(PATIENCE_MS), ...(signal ? [signal] : [])]);
  const body = await told(address, { method: "POST", headers, body: isForm ? question : JSON.stringify(question), signal: given }, signal);
  return body.later ? later(body, headers, given, signal) : body;
}

/** What takes longer is made elsewhere: look again until it is there. Whoever gives it up says so. */
async function later({ later: address, stop }, headers, given, signal) {
  let body = { later: address };
  try {
    while (body.later) {
      await new Promise((over) => setTimeout(over, LOOK_MS));
      body = await told(address, { headers: JSON_ONLY, signal: given }, signal);
    }
  } catch (error) {
    if (given.aborted) fetch(stop, { method: "POST", headers, body: "{}", keepalive: true }).catch(() => {});
    throw error;
  }
  return body;
}

async function told(address, options, signal) {
  let answer;
  try {
    answer = await fetch(address, options);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Error("The server cannot be reached. Nothing was changed: try again in a moment.");
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.error ?? "That did not work. Nothing was changed: try again in a moment.");
  return body;
}
