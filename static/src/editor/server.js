// Talking to the server: the draft of one floor.

const token = () => document.querySelector('meta[name="csrf-token"]').content;

export async function fetchJson(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error ?? "The plan could not be loaded.");
  return answer.json();
}

/** Send changes; {status, body}. Throws when no answer came. */
export async function sendChanges(address, version, changes) {
  const body = JSON.stringify({ version, changes });
  const answer = await fetch(address, {
    method: "POST",
    body,
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": token() },
    signal: AbortSignal.timeout(20_000),
  });
  return { status: answer.status, body: await answer.json().catch(() => ({})) };
}
