// The desk works without any of this. With it: number keys, no history of answers, a screen that clears itself.
import { answerByKeys } from "./desk-keys.js";
import { clearWhenIdle } from "./desk-idle.js";
import { stayOnOnePage } from "./desk-swap.js";

stayOnOnePage(document);
answerByKeys(document);
clearWhenIdle(document);
