// Sends what waited on this device, and keeps the pages on which it is entered.

// The server's answer; null where there is no network.
export async function post(address, body) {
  const once = async (token) => {
    const headers = { "X-CSRF-Token": token, Accept: "application/json" };
    return await fetch(address, { method: "POST", body, headers });
  };
  try {
    const answer = await once(document.querySelector("meta[name=csrf-token]").content);
    // A page that was kept bears the token of an older session.
    return answer.status === 403 ? await once(await freshToken()) : answer;
  } catch {
    return null;
  }
}

export async function freshToken() {
  const text = await (await fetch(location.pathname)).text();
  const token = new DOMParser().parseFromString(text, "text/html").querySelector("meta[name=csrf-token]").content;
  document.querySelector("meta[name=csrf-token]").content = token;
  return token;
}

// A worker keeps these pages and what this one is made of, so that they open where there is no network.
export async function keepPages(worker, pages) {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(worker);
    const ready = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType("resource").map((each) => new URL(each.name));
    const own = loaded.filter((each) => each.origin === location.origin && each.pathname.startsWith("/static/"));
    ready.active.postMessage({ keep: [...new Set(own.map((each) => each.pathname + each.search)), ...pages] });
  } catch {
    // Without a worker the open page still keeps what is entered on it.
  }
}
