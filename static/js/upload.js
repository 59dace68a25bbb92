// Uploading a plan: drop it on the form, see how much is sent. Without this file the form works as any form does.

const MEGABYTE = 1_000_000;

for (const form of document.querySelectorAll("form[data-upload]")) begin(form);

function begin(form) {
  const zone = form.querySelector("[data-drop]");
  const input = form.querySelector("input[type=file]");
  const chosen = form.querySelector("[data-chosen]");
  input.addEventListener("change", () => show(form, input, chosen));
  for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, (event) => over(event, zone));
  for (const name of ["dragleave", "dragend"]) zone.addEventListener(name, () => zone.classList.remove("drop-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("drop-over");
    if (event.dataTransfer.files.length === 0) return;
    input.files = event.dataTransfer.files;
    show(form, input, chosen);
  });
  form.addEventListener("submit", (event) => {
    if (tooLarge(form, input)) {
      event.preventDefault();
      input.focus();
    } else if (input.files.length > 0) {
      event.preventDefault();
      send(form);
    }
  });
}

function over(event, zone) {
  event.preventDefault();
  zone.classList.add("drop-over");
}

function most(form, file) {
  return Number(file.name.toLowerCase().endsWith(".ifc") ? form.dataset.modelsMb : form.dataset.mostMb);
}

function tooLarge(form, input) {
  const file = input.files[0];
  return file !== undefined && file.size > most(form, file) * MEGABYTE;
}

function show(form, input, chosen) {
  const file = input.files[0];
  if (file === undefined) {
    chosen.textContent = "";
    return;
  }
  const size = file.size < MEGABYTE ? `${Math.max(1, Math.round(file.size / 1000))} kB` : `${(file.size / MEGABYTE).toFixed(1)} MB`;
  chosen.textContent = tooLarge(form, input)
    ? `${file.name} has ${size}; the most is ${most(form, file)} MB. Save only the page with the floor plan, and choose that.`
    : `Chosen: ${file.name}, ${size}`;
  chosen.classList.toggle("wrong", tooLarge(form, input));
}

function send(form) {
  const button = form.querySelector("button[type=submit]");
  const progress = form.querySelector("[data-progress]");
  const words = progress.querySelector("[data-words]");
  const bar = progress.querySelector("rect");
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.responseType = "document";
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    const percent = Math.floor((100 * event.loaded) / event.total);
    bar.setAttribute("width", String(percent));
    words.textContent = percent < 100 ? `Sending: ${percent} % done` : "Sent. Reading the plan: this takes up to 10 seconds.";
  });
  request.addEventListener("load", () => arrive(form, request));
  request.addEventListener("error", () => {
    words.textContent = "The plan was not sent: the connection failed. Your choice is still here: try again.";
    button.disabled = false;
  });
  progress.hidden = false;
  words.textContent = "Sending: 0 % done";
  button.disabled = true;
  request.send(new FormData(form));
}

// After success the server sent us on to the next page; else this page came back with what to correct.
function arrive(form, request) {
  if (request.status < 400 && request.responseURL !== form.action) {
    location.assign(request.responseURL);
    return;
  }
  const main = request.response?.querySelector("main");
  if (!main) {
    location.reload();
    return;
  }
  document.querySelector("main").replaceWith(document.adoptNode(main));
  document.title = request.response.title;
  for (const fresh of main.querySelectorAll("form[data-upload]")) begin(fresh);
  const summary = main.querySelector(".errors");
  if (summary) {
    summary.tabIndex = -1;
    summary.focus();
  }
}
