// Asking the server for rooms. An answer that is no good becomes an Error with a sentence to show.

const token = () => document.querySelector('meta[name="csrf-token"]').content;
const PATIENCE_MS = 200_000;

/** Ask with JSON, or with a FormData; gives the answer's JSON. ``signal`` gives it up. */
export async function ask(address, question, signal = null) {
  const isForm = question instanceof FormData;
  const headers = { Accept: "application/json", "X-CSRF-Token": token(), ...(isForm ? {} : { "Content-Type": "application/json" }) };
  const signals = [AbortSignal.timeout(PATIENCE_MS), ...(signal ? [signal] : [])];
  let answer;
  try {
    answer = await fetch(address, { method: "POST", headers, body: isForm ? question : JSON.stringify(question), signal: AbortSignal.any(signals) });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Error("The server cannot be reached. Nothing was changed: try again in a moment.");
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.error ?? "That did not work. Nothing was changed: try again in a moment.");
  return body;
}
