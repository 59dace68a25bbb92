// Practice works without this. With it: the number keys of the desk.
import { answerByKeys } from "./desk-keys.js";

answerByKeys(document);
