// Passkeys: the browser asks the phone, computer or key, and its answer goes back as any form does.
// Without this file the page says that passkeys need a script, and codes work.

const FAILED = {
  NotAllowedError: "Nothing was done: it was cancelled, or it took too long. Press the button to try again.",
  InvalidStateError: "This passkey is here already. Use another phone, computer or security key.",
  SecurityError: "The browser allows no passkey at this address. Use a code.",
  NotSupportedError: "This phone, computer or security key cannot do it. Use another one, or a code.",
};
const BROKEN = "That did not work. Check the network, load the page again, and try again.";

if (window.PublicKeyCredential) for (const form of document.querySelectorAll("form[data-passkey]")) begin(form);

function begin(form) {
  const words = form.querySelector("[data-words]");
  form.hidden = false;
  for (const each of document.querySelectorAll("[data-without-script]")) each.hidden = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!form.reportValidity()) return;
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    words.textContent = "Follow what the browser or the phone shows now.";
    try {
      form.elements.answer.value = JSON.stringify(await answer(form));
      form.submit();
    } catch (error) {
      words.textContent = error.sentence ?? FAILED[error.name] ?? BROKEN;
      button.disabled = false;
    }
  });
}

async function answer(form) {
  const { publicKey } = await asked(form.dataset.options);
  publicKey.challenge = bytes(publicKey.challenge);
  for (const list of [publicKey.allowCredentials, publicKey.excludeCredentials]) {
    for (const each of list ?? []) each.id = bytes(each.id);
  }
  if (form.dataset.passkey === "make") {
    publicKey.user.id = bytes(publicKey.user.id);
    return told(await navigator.credentials.create({ publicKey }));
  }
  return told(await navigator.credentials.get({ publicKey }));
}

async function asked(address) {
  const token = document.querySelector("meta[name=csrf-token]").content;
  const response = await fetch(address, { method: "POST", headers: { "X-CSRF-Token": token, Accept: "application/json" } });
  const found = await response.json();
  if (!response.ok) throw Object.assign(new Error(found.error), { sentence: found.error });
  return found;
}

function told(credential) {
  const { response } = credential;
  const kept = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) kept[name] = text(response[name]);
  }
  if (response.getTransports) kept.transports = response.getTransports();
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response: kept };
}

function bytes(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}

function text(buffer) {
  const chars = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(chars).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
