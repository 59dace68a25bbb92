// Which language this device shows the desk in. The server keeps it in a cookie that no script reads, so that it works
// without scripts; this is the same for the desk without a server, and what was pressed there is told to the server later.

const KEPT = "zonemap-desk-language";

export function keptLanguage() {
  try {
    return window.localStorage.getItem(KEPT) ?? "";
  } catch {
    return ""; // nothing can be kept here: then the choice lasts as long as the page
  }
}

export function keepLanguage(language) {
  try {
    window.localStorage.setItem(KEPT, language);
  } catch {
    // as above
  }
}

// On a page of the server: another language was pressed while the server was away.
export function catchUp(page) {
  const language = keptLanguage();
  if (!language || language === page.documentElement.lang) return;
  page.querySelector(`button[name=language][value="${CSS.escape(language)}"]`)?.click();
}
