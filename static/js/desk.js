// The desk works without any of this. With it: number keys, no history of answers, a screen that clears itself.
import { countCalls } from "./desk-calls.js";
import { answerByKeys } from "./desk-keys.js";
import { clearWhenIdle } from "./desk-idle.js";
import { catchUp } from "./desk-language.js";
import { recordWithoutNetwork } from "./desk-record.js";
import { stayOnOnePage } from "./desk-swap.js";

stayOnOnePage(document);
recordWithoutNetwork(document);
answerByKeys(document);
clearWhenIdle(document);
countCalls(document);
catchUp(document);

// Back to this page after it was left: the first question, not what stood here.
window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());

// One visit is enough: from then on the desk opens without the server.
const { worker } = document.body.dataset;
if (worker) navigator.serviceWorker?.register(worker).catch(() => {});
