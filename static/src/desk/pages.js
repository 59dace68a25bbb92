// The desk's pages as the server writes them (templates/desk), from the document that the server made. Every text is
// escaped by `html`; only pictures that the server drew go in as they are.

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };

class Raw {
  constructor(text) {
    this.text = text;
  }
}
const raw = (text) => new Raw(text);
const write = (part) => {
  if (part === undefined || part === null || part === false || part === 0 || part === "") return "";
  if (part instanceof Raw) return part.text;
  if (Array.isArray(part)) return part.map(write).join("");
  return String(part).replace(/[&<>"']/g, (sign) => ESCAPES[sign]);
};
export const html = (texts, ...parts) => raw(texts.map((text, at) => text + write(parts[at])).join(""));

const KEYS_MOST = 9;

export function deskPages(doc, clock) {
  const { icon: icons, sign: signs, zone: zones } = doc.pieces;
  const icon = (name) => raw(icons[name]);
  const points = (list, mark) =>
    html`<ul class="may">${list.map((point) => html`<li>${icon(mark)}<span>${point}</span></li>`)}</ul>`;

  // --- whom to call -------------------------------------------------------------------------------------------------

  // As work/desk.call_list: first the roles that matter now; a role with nobody is passed over and named.
  function callList(first) {
    const wanted = [...new Set(first.length ? first : doc.first_called)];
    const roles = [...new Set([...wanted, ...Object.keys(doc.roles)])];
    const ordered = [...doc.contacts].sort((left, right) => roles.indexOf(left.role) - roles.indexOf(right.role));
    const now = ordered.filter(({ role }) => wanted.includes(role));
    const later = ordered.filter(({ role }) => !wanted.includes(role));
    const missing = wanted.filter((role) => !now.some((each) => each.role === role));
    return now.length ? { contacts: now, others: later, missing } : { contacts: later, others: [], missing };
  }

  const contact = (each, first) => html`<span class="who"><b>${each.name}</b><small>${doc.roles[each.role]}${
    each.hours && html`<br>${each.hours}`
  }</small></span><a class="btn btn-big${first && " btn-main"}" href="${each.tel}">${icon("phone")}<span class="out">Call ${
    each.name
  }, </span><span class="num">${each.phone}</span></a>`;

  function calls({ contacts, others, missing }) {
    const listed = (each, at) =>
      html`<li${!at && raw(' class="now-calling"')}><span class="nr" aria-hidden="true">${at + 1}</span>${contact(each, !at)}</li>`;
    const more = (each, at) =>
      html`<li><span class="nr" aria-hidden="true">${contacts.length + at + 1}</span>${contact(each, false)}</li>`;
    const roles = missing.map((role) => doc.roles[role].toLowerCase()).join(", ");
    return [
      contacts.length
        ? html`<ol class="calls">${contacts.map(listed)}</ol>`
        : html`<p class="nobody"><b>Nobody is set for this desk to call.</b> Call the person in charge of the building now. Later, ask an administrator to fill in the call list.</p>`,
      contacts.length > 1 && html`<p class="small quiet after-calls">No answer after ${doc.wait}: call the next. <span class="counting">Press the number as you dial, and the desk counts for you.</span></p>`,
      contacts.length && missing.length && html`<p class="small quiet after-calls">Nobody is set here as ${roles}.</p>`,
      others.length &&
        html`<details class="more"><summary>${icon("plus")} ${others.length} more to call</summary><ul class="calls">${others.map(more)}</ul></details>`,
    ];
  }

  // --- a question ---------------------------------------------------------------------------------------------------

  function choices(question, open, heading, more) {
    const unsure = question.options.find(([, value]) => value === "unsure");
    let options = question.options.filter((each) => each !== unsure);
    const many = options.length > KEYS_MOST;
    if (many) {
      const first = doc.first_titles[heading] ?? doc.first_titles[""];
      const isFirst = ([, value]) => first.includes(value);
      options = more
        ? options.filter((each) => !isFirst(each))
        : options.filter(isFirst).sort((left, right) => first.indexOf(left[1]) - first.indexOf(right[1]));
    }
    const name = (key) => (doc.table.paper_keys.includes(key) && open.paper > 1 ? `paper${open.paper}-${key}` : key);
    const choice = ([key, value, label, hint], number) => ({ key, field: name(key), value, label, number, hint });
    const all = options.map((each, at) => choice(each, at + 1));
    if (many) {
      const label = more ? "Back to the first titles" : "None of these: show more titles";
      all.push({ label, number: all.length + 1, more: true, back: more });
    }
    return [all, choice(unsure, 0)];
  }

  const said = (before, { key, value }) => before && before.key === key && [before.said].flat().includes(value);
  const answer = (choice, field, before) => html`<button class="answer${!choice.number && " answer-unsure"}${
    choice.more && " answer-more"
  }" type="submit"${
    choice.more
      ? html` name="do" value="${choice.back ? "say" : `more:${field}`}"`
      : html` name="${choice.field}" value="${choice.value}"`
  } data-key="${String(choice.number)}"><span class="key" aria-hidden="true">${String(choice.number)}</span><span><b>${choice.label}</b>${
    choice.hint && html`<small>${choice.hint}</small>`
  }${said(before, choice) && html`<small class="before">Your answer before</small>`}</span></button>`;
  const tick = (choice, field, before) => html`<label class="answer answer-tick"><span class="key" aria-hidden="true">${choice.number}</span><span><b>${choice.label}</b>${
    choice.hint && html`<small>${choice.hint}</small>`
  }</span><input type="checkbox" name="${field}" value="${choice.value}" data-key="${choice.number}"${said(before, choice) && raw(" checked")}></label>`;

  function soFar(list) {
    const change = ({ field, question, answer }) =>
      html`<li><button class="change" type="submit" name="do" value="change:${field}"><span class="quiet">${question}</span> <b>${answer}</b> <span class="change-word">Change<span class="out"> this answer</span></span></button></li>`;
    return html`<ul class="said">${list.map(change)}</ul>`;
  }

  function drawing(key, heading, title) {
    const at = doc.drawings.which[`${key}|${doc.drawings.headings.includes(heading) ? heading : ""}|${title}`];
    return at === undefined ? "" : raw(doc.drawings.drawn[at]);
  }

  function question({ open, steps, given, before, more, wrong }) {
    const asked = doc.table.questions[open.ask];
    const of = (key) => given.get(open.paper > 1 ? `paper${open.paper}-${key}` : key);
    const heading = of("top_heading") ?? (of("court") === undefined ? "" : "state_court");
    const [options, unsure] = choices(asked, open, heading, more);
    const text = open.paper > 1 ? `Paper ${open.paper}: ${asked.text}` : asked.text;
    const picture = drawing(asked.key, heading, of("title") ?? "");
    const each = (choice) =>
      html`<li>${asked.several ? tick(choice, open.field, before) : answer(choice, open.field, before)}</li>`;
    const last = answer(unsure, open.field, before);
    const step = `${open.paper > 1 ? `Paper ${open.paper}, question` : "Question"} ${steps.length + 1}`;
    return {
      title: `${wrong ? "Error: " : ""}${text}`,
      main: html`<form id="desk-form" class="desk-in desk-ask" method="post" autocomplete="off" novalidate${steps.length && raw(" data-answered")}>
${asked.several && html`<button class="out" type="submit" name="do" value="say:${open.field}" tabindex="-1" aria-hidden="true">Continue</button>`}
<p class="note all${steps.length && " later"}">${icon("speech")} <b>Say first:</b> <q>${doc.first_words}</q></p>
${wrong && html`<div class="errors all" role="alert" tabindex="-1" aria-labelledby="wrong-h"><h2 id="wrong-h">That answer could not be read</h2><ul><li>${wrong}</li></ul></div>`}
<div class="ask">
<div class="step"><p class="small quiet">${step}</p>
${steps.length > 0 && html`<button class="btn btn-quiet" type="submit" name="do" value="back">${icon("undo")} Back</button><button class="btn btn-quiet" type="submit" name="do" value="again">Start again</button>`}
</div>
<h1 id="q" tabindex="-1">${text}</h1>
<p class="lead">${asked.look}</p>
</div>
${picture && html`<aside class="look-at" aria-labelledby="look"><figure class="paper"><figcaption class="small" id="look"><b>Look here</b></figcaption>
${picture}
<p class="small quiet">A drawing, not a real form. The words on their paper count.</p></figure></aside>`}
<section class="choices${!picture && " choices-wide"}" aria-labelledby="q">
<ul class="answers answers-2">${options.map(each)}${asked.several && html`<li>${last}</li>`}</ul>
${
  asked.several
    ? html`<p class="continue"><button class="btn btn-big btn-main btn-wide" type="submit" name="do" value="say:${open.field}" data-continue>Continue <span class="key" aria-hidden="true">Enter</span></button></p>`
    : html`<ul class="answers"><li>${last}</li></ul>`
}
</section>
<section class="so-far" aria-labelledby="so"><h2 id="so" class="rule">So far</h2>
${steps.length ? soFar(steps) : html`<p class="small quiet">No answers yet. Nothing is kept.</p>`}
</section>
</form>`,
    };
  }

  // --- the call list alone ------------------------------------------------------------------------------------------

  const callsPage = (decided) => ({
    title: "Call now",
    main: html`<form id="desk-form" class="desk-in desk-calls" method="post" autocomplete="off" novalidate data-answered>
<section class="do-box o-call" aria-labelledby="c"><h1 id="c" tabindex="-1">Call now</h1>
${calls(callList([]))}
<p class="small quiet">Somebody is hurt, or you doubt that they are officers: call <a href="tel:911">911</a>.</p></section>
<section class="do-box o-say" aria-labelledby="s"><h2 id="s">${icon("speech")} Say this, once</h2>
<p class="say"><q>${doc.first_words}</q></p></section>
<p><button class="btn btn-big btn-wide" type="submit" name="do" value="say">${icon("undo")} Back to the ${decided ? "answer" : "question"}</button></p>
</form>`,
  });

  // Rules past their date answer nothing by themselves where nobody can ask the server for newer ones.
  const hold = (why) => ({
    title: "Hold. Call now",
    main: html`<form id="desk-form" class="desk-in desk-calls" method="post" autocomplete="off" novalidate>
<section class="verdict verdict-hold">${raw(signs.hold)}<h1 tabindex="-1">Hold. Call now</h1>
<p>${why} You don’t have to decide. Call, say the words, stay out of the way.</p></section>
<section class="do-box o-say"><h2>${icon("speech")} Say this, once</h2>
<p class="say-first"><q>${doc.first_words}</q></p>${doc.hold_words.map((words) => html`<p class="say"><q>${words}</q></p>`)}</section>
<section class="do-box o-call"><h2>${icon("phone")} Call now</h2>
${calls(callList([]))}</section>
<section class="do-box o-dont"><h2>${icon("cross")} Do not</h2>
${points(doc.must_not, "cross")}</section>
</form>`,
  });

  // --- the answer ---------------------------------------------------------------------------------------------------

  const words = (made, kind) => doc.access_words[made.access[doc.zones.indexOf(kind)]];
  const roomsOf = (floor, kind) => floor.groups.find(([each]) => each === kind)?.[1] ?? [];

  function places(made, floors) {
    const open = made.access[doc.zones.indexOf("public")] === "open";
    const standing = open ? "Inside the thick line, like any visitor:" : `${words(made, "public")}. Open to any visitor:`;
    const place = (floor) => html`${floors.length > 1 && html`<h3 class="floor-name">${floor.name}</h3>`}${
      floor.waiting && html`<p class="open-rooms">Ask them to wait in <b>${floor.waiting}</b>.</p>`
    }${
      roomsOf(floor, "public").length
        ? html`<p class="open-rooms">${standing} <b>${roomsOf(floor, "public").join(", ")}</b>. Not behind the counter.</p>`
        : html`<p class="open-rooms">No room of this floor is marked as open to the public.</p>`
    }`;
    const none = doc.open_floors.length || !floors.length;
    return html`<section class="do-box o-place" aria-labelledby="m"><h2 id="m">${icon("pin")} Where they may stand</h2>
${floors.map(place)}${clock.sentences(floors).map((text) => html`<p class="open-rooms">${text}</p>`)}
${
  none &&
  html`<p class="no-floor">${
    floors.length
      ? `No plan is in force for ${doc.open_floors.join(", ")}. There, treat`
      : "No floor of this building is designated yet, so there is no map. Treat"
  } everything behind the counter, and every room that needs a key, a badge or a call-back, as <b>private</b>. The lobby is open to anyone.</p>`
}
</section>`;
  }

  function maps(made, floors) {
    const group = ([kind, rooms]) => html`<tbody>
<tr class="group"><th scope="rowgroup">${raw(zones[kind])}</th><td>${words(made, kind)}</td></tr>
${rooms.map((room) => html`<tr><th scope="row" colspan="2">${room}</th></tr>`)}</tbody>`;
    return floors.map(
      (floor, at) => html`<section class="do-box o-floor all" aria-labelledby="floor-${at + 1}"><h2 id="floor-${at + 1}">${icon("room")} ${floor.name}, designation ${floor.number}</h2>
<div class="floor">
${floor.map && html`<div class="floor-map" tabindex="0" role="region" aria-label="Map of ${floor.name}">${raw(floor.map)}</div>`}
<div class="scroll room-list" tabindex="0" role="region" aria-label="Every room of ${floor.name}">
<table class="tight"><caption class="out">Every room of ${floor.name}, by kind of area, and what this answer shows for it</caption><thead><tr><th scope="col">Area and rooms</th><th scope="col">Answer</th></tr></thead>
${floor.groups.map(group)}</table></div>
</div>
</section>`,
    );
  }

  const why = (made, steps) => html`<section class="do-box why all" aria-labelledby="w"><h2 id="w">${icon("eye")} Why this answer</h2>
<dl>
${made.reasons.map(({ words: seen, so }) => html`<div><dt>${seen}</dt>${so && html`<dd>${so}</dd>`}</div>`)}
${made.papers.length > 0 && html`<div><dt>The papers, each by itself</dt>${made.papers.map((paper, at) => html`<dd>${at + 1}. ${paper}</dd>`)}</div>`}
${made.change.length > 0 && html`<div><dt>It would change with</dt>${made.change.map((change) => html`<dd>${change}</dd>`)}</div>`}
<div><dt>Rule</dt><dd>${made.citations.join("; ")}.</dd><dd>${doc.rules}. Review by ${doc.review_by}.</dd>${doc.litigation && html`<dd>${doc.litigation}</dd>`}</div>
</dl>
<h3 class="answers-h">Your answers</h3>
<div class="said-wide">${soFar(steps)}</div>
</section>`;

  function answerPage({ made, steps, given }) {
    const sign = doc.signs[made.outcome];
    const floors = clock.floors();
    const shown = ["paper", "on_phone", "unsure"].includes(given.get("paper"));
    const again = made.papers.length ? "There is another paper" : "There is a second paper";
    const next =
      made.outcome === "emergency" && !shown
        ? html`<button class="btn btn-big" type="submit" name="do" value="go_on">${icon("paper")} They show a paper: read it</button>`
        : html`<button class="btn btn-big" type="submit" name="do" value="another">${icon("paper")} ${shown ? again : "They show a paper now"}</button>`;
    return {
      title: made.headline,
      main: html`<form id="desk-form" class="desk-in desk-answer" method="post" autocomplete="off" novalidate data-answered>
<section class="verdict verdict-${sign}" aria-labelledby="v">${raw(signs[sign])}<h1 id="v" tabindex="-1">${made.headline}</h1>
<p>${made.summary.join(" ")}</p></section>
${made.notes.map((note) => html`<p class="all banner">${icon("flag")} ${note}</p>`)}
<div class="col">
<section class="do-box o-say" aria-labelledby="s"><h2 id="s">${icon("speech")} Say this, once</h2>
<p class="say-first"><q>${doc.first_words}</q></p>
${made.say.map((text) => html`<p class="say"><q>${text}</q></p>`)}
<p class="small quiet">${doc.pressed}</p></section>
<section class="do-box o-dont" aria-labelledby="dont"><h2 id="dont">${icon("cross")} Do not</h2>
${points(made.mustNot, "cross")}</section>
</div>
<div class="col">
<section class="do-box o-call" aria-labelledby="c"><h2 id="c">${icon("phone")} Call now</h2>
${calls(callList(made.call))}</section>
<section class="do-box o-next" aria-labelledby="n"><h2 id="n">${icon("clock")} What happens next</h2>
<ol class="next">${doc.next[made.outcome].map((text) => html`<li>${text}</li>`)}</ol></section>
<section class="do-box o-may" aria-labelledby="do"><h2 id="do">${icon("check")} You may</h2>
${points(made.may, "check")}</section>
</div>
<div class="col">
${places(made, floors)}
<section class="do-box o-table" aria-labelledby="t"><h2 id="t">${icon("door")} This answer, by kind of area</h2>
<table class="access"><caption class="out">What this answer shows for each kind of area</caption><thead><tr><th scope="col">Area</th><th scope="col">Answer</th></tr></thead><tbody>
${doc.shown_zones.map((kind) => html`<tr><th scope="row">${raw(zones[kind])}</th><td>${words(made, kind)}</td></tr>`)}
<tr><th scope="row">An arrest in a public area</th><td>${made.arrest}</td></tr>
</tbody></table></section>
${made.duties.length > 0 && html`<section class="do-box o-duty" aria-labelledby="duty"><h2 id="duty">${icon("flag")} Also, in this state</h2>${points(made.duties, "dash")}</section>`}
</div>
${maps(made, floors)}
${why(made, steps)}
<div class="all row">
${next}
<button class="btn btn-big" type="submit" name="do" value="back">${icon("undo")} Back</button>
<button class="btn btn-big" type="submit" name="do" value="again">Start again</button>
<p class="small quiet">Nothing is kept: a desk check leaves no trace.</p></div>
</form>`,
    };
  }

  return { question, answer: answerPage, calls: callsPage, hold };
}
