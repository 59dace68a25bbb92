// The desk's pages as the server writes them (templates/desk), from the document that the server made, in the language of
// `s` (language.js). Every text is escaped by `html`; only pictures that the server drew go in as they are.

import { escaped, html, raw } from "./html.js";

const KEYS_MOST = 9;

export function deskPages(doc, clock, s) {
  const { t, attr, tell } = s;
  const { icon: icons, sign: signs, zone: zones } = doc.pieces;
  const icon = (name) => raw(icons[name]);
  const points = (list, mark) =>
    html`<ul class="may">${list.map((point) => html`<li>${icon(mark)}<span>${tell(point)}</span></li>`)}</ul>`;
  // What is said to officers is said in English; its meaning stands under it.
  const meaning = (words) => s.means(words) && html`<p class="means"><span class="quiet">${t("means")}</span> ${s.means(words)}</p>`;
  const folded = (words) => s.means(words) && html`<details class="meaning"><summary>${t("what_it_means")}</summary><p>${s.means(words)}</p></details>`;
  const aloud = (words, kind) => html`<p class="${kind}"><q${s.enough}>${words}</q></p>${meaning(words)}`;

  // --- whom to call -------------------------------------------------------------------------------------------------

  // As work/desk.call_list: first the roles that matter now; a role with nobody is passed over and named.
  function callList(first) {
    const wanted = [...new Set(first.length ? first : doc.first_called)];
    const roles = [...new Set([...wanted, ...Object.keys(doc.roles)])];
    const byRole = (list) => [...list].sort((left, right) => roles.indexOf(left.role) - roles.indexOf(right.role));
    const there = clock.onDuty(doc.contacts);
    const away = byRole(doc.contacts.filter((each) => !there.includes(each))).map((each) => ({ ...each, away: true }));
    const ordered = byRole(there);
    const now = ordered.filter(({ role }) => wanted.includes(role));
    const later = ordered.filter(({ role }) => !wanted.includes(role));
    const missing = wanted.filter((role) => !now.some((each) => each.role === role));
    return now.length ? { contacts: now, others: [...later, ...away], missing } : { contacts: later, others: away, missing };
  }

  const contact = (each, first) => html`<span class="who"><b>${each.name}</b><small>${tell(doc.roles[each.role])}${
    each.away ? html`<br>${t("off_duty")}` : each.hours && html`<br>${tell(each.hours)}`
  }</small></span><a class="btn btn-big${first && " btn-main"}" href="${each.tel}">${icon("phone")}<span class="out">${t("call_name", {
    name: each.name,
  })}</span><span class="num">${each.phone}</span></a>`;

  function calls({ contacts, others, missing }) {
    const listed = (each, at) =>
      html`<li${!at && raw(' class="now-calling"')}><span class="nr" aria-hidden="true">${at + 1}</span>${contact(each, !at)}</li>`;
    const more = (each, at) =>
      html`<li><span class="nr" aria-hidden="true">${contacts.length + at + 1}</span>${contact(each, false)}</li>`;
    const roles = missing.map((role) => s.plain(doc.roles[role]).toLowerCase()).join(", ");
    return [
      contacts.length
        ? html`<ol class="calls">${contacts.map(listed)}</ol>`
        : html`<p class="nobody"><b>${t("nobody_set")}</b> ${t("nobody_then")}</p>`,
      contacts.length > 1 && html`<p class="small quiet after-calls">${t("next_after", { wait: s.wait })} <span class="counting">${t("counts_for_you")}</span></p>`,
      contacts.length && missing.length && html`<p class="small quiet after-calls">${t("nobody_as", { roles })}</p>`,
      others.length &&
        html`<details class="more"><summary>${icon("plus")} ${t("more_to_call", { number: others.length })}</summary><ul class="calls">${others.map(more)}</ul></details>`,
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
      all.push({ number: all.length + 1, more: true, back: more });
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
  } data-key="${String(choice.number)}"><span class="key" aria-hidden="true">${String(choice.number)}</span><span><b>${choice.more ? t(choice.back ? "first_titles" : "more_titles") : tell(choice.label)}</b>${
    choice.hint && html`<small>${tell(choice.hint)}</small>`
  }${said(before, choice) && html`<small class="before">${t("before")}</small>`}</span></button>`;
  const tick = (choice, field, before) => html`<label class="answer answer-tick"><span class="key" aria-hidden="true">${choice.number}</span><span><b>${tell(choice.label)}</b>${
    choice.hint && html`<small>${tell(choice.hint)}</small>`
  }</span><input type="checkbox" name="${field}" value="${choice.value}" data-key="${choice.number}"${said(before, choice) && raw(" checked")}></label>`;

  function soFar(list) {
    const change = ({ field, question, answer }) =>
      html`<li><button class="change" type="submit" name="do" value="change:${field}"><span class="quiet">${question}</span> <b>${answer}</b> <span class="change-word">${t("change")}<span class="out">${t("change_this")}</span></span></button></li>`;
    return html`<ul class="said">${list.map(change)}</ul>`;
  }

  function drawing(key, heading, title) {
    const at = doc.drawings.which[`${key}|${doc.drawings.headings.includes(heading) ? heading : ""}|${title}`];
    if (at === undefined) return "";
    const { face, spot, svg } = doc.drawings.drawn[at];
    const label = attr("drawing_of", { face: s.faces[face].replace(/[‹›]/g, ""), spot: s.spots[spot].replace(/[‹›]/g, "") });
    return raw(svg.replace("{label}", escaped(label)) + (key === "top_heading" ? s.compare : ""));
  }

  function question({ open, steps, given, before, more, wrong }) {
    const asked = doc.table.questions[open.ask];
    const of = (key) => given.get(open.paper > 1 ? `paper${open.paper}-${key}` : key);
    const heading = of("top_heading") ?? (of("court") === undefined ? "" : "state_court");
    const [options, unsure] = choices(asked, open, heading, more);
    const many = open.paper > 1;
    const text = many ? t("of_paper", { paper: open.paper, text: tell(asked.text) }) : tell(asked.text);
    const plain = many ? attr("of_paper", { paper: open.paper, text: s.plain(asked.text) }) : s.plain(asked.text);
    const picture = drawing(asked.key, heading, of("title") ?? "");
    const each = (choice) =>
      html`<li>${asked.several ? tick(choice, open.field, before) : answer(choice, open.field, before)}</li>`;
    const last = answer(unsure, open.field, before);
    const number = steps.length + 1;
    const step = many ? t("question_of_paper", { paper: open.paper, number }) : t("question", { number });
    return {
      title: wrong ? attr("error_title", { title: plain }) : plain,
      main: html`<form id="desk-form" class="desk-in desk-ask" method="post" autocomplete="off" novalidate${steps.length && raw(" data-answered")}>
${asked.several && html`<button class="out" type="submit" name="do" value="say:${open.field}" tabindex="-1" aria-hidden="true">${t("continue")}</button>`}
<div class="note all${steps.length && " later"}"><p>${icon("speech")} <b>${t("say_first")}</b> <q${s.enough}>${doc.first_words}</q></p>${folded(doc.first_words)}</div>
${doc.past && html`<p class="all banner">${icon("flag")} ${tell(doc.past)}</p>`}
${wrong && html`<div class="errors all" role="alert" tabindex="-1" aria-labelledby="wrong-h"><h2 id="wrong-h">${t("not_read")}</h2><ul><li>${t(wrong)}</li></ul></div>`}
<div class="ask">
<div class="step"><p class="small quiet">${step}</p>
${steps.length > 0 && html`<button class="btn btn-quiet" type="submit" name="do" value="back">${icon("undo")} ${t("back")}</button><button class="btn btn-quiet" type="submit" name="do" value="again">${t("again")}</button>`}
</div>
<h1 id="q" tabindex="-1">${text}</h1>
<p class="lead">${tell(asked.look)}</p>
</div>
${picture && html`<aside class="look-at" aria-labelledby="look"><figure class="paper"><figcaption class="small" id="look"><b>${t("look_here")}</b></figcaption>
${picture}
<p class="small quiet">${t("drawing_note")}</p></figure></aside>`}
<section class="choices${!picture && " choices-wide"}" aria-labelledby="q">
<ul class="answers answers-2">${options.map(each)}${asked.several && html`<li>${last}</li>`}</ul>
${
  asked.several
    ? html`<p class="continue"><button class="btn btn-big btn-main btn-wide" type="submit" name="do" value="say:${open.field}" data-continue>${t("continue")} <span class="key" aria-hidden="true">${t("enter")}</span></button></p>`
    : html`<ul class="answers"><li>${last}</li></ul>`
}
</section>
<section class="so-far" aria-labelledby="so"><h2 id="so" class="rule">${t("so_far")}</h2>
${steps.length ? soFar(steps) : html`<p class="small quiet">${t("none_so_far")}</p>`}
</section>
</form>`,
    };
  }

  // --- the call list alone ------------------------------------------------------------------------------------------

  const callsPage = (decided) => ({
    title: attr("call_now"),
    main: html`<form id="desk-form" class="desk-in desk-calls" method="post" autocomplete="off" novalidate data-answered>
<section class="do-box o-call" aria-labelledby="c"><h1 id="c" tabindex="-1">${t("call_now")}</h1>
${calls(callList([]))}
<p class="small quiet">${t("call_911", { number: html`<a href="tel:911">911</a>` })}</p></section>
<section class="do-box o-say" aria-labelledby="s"><h2 id="s">${icon("speech")} ${t("say_once")}</h2>
${aloud(doc.first_words, "say")}</section>
<p><button class="btn btn-big btn-wide" type="submit" name="do" value="say">${icon("undo")} ${t(decided ? "back_to_answer" : "back_to_question")}</button></p>
</form>`,
  });

  // Rules past their date answer nothing by themselves where nobody can ask the server for newer ones.
  const hold = () => ({
    title: attr("hold_title"),
    main: html`<form id="desk-form" class="desk-in desk-calls" method="post" autocomplete="off" novalidate>
<section class="verdict verdict-hold">${raw(signs.hold)}<h1 tabindex="-1">${t("hold_title")}</h1>
<p>${t("past_date")}</p></section>
<section class="do-box o-say"><h2>${icon("speech")} ${t("say_once")}</h2>
${aloud(doc.first_words, "say-first")}${doc.hold_words.map((words) => aloud(words, "say"))}</section>
<section class="do-box o-call"><h2>${icon("phone")} ${t("call_now")}</h2>
${calls(callList([]))}</section>
<section class="do-box o-dont"><h2>${icon("cross")} ${t("do_not")}</h2>
${points(doc.must_not, "cross")}</section>
</form>`,
  });

  // --- the answer ---------------------------------------------------------------------------------------------------

  const words = (made, kind) => doc.access_words[made.access[doc.zones.indexOf(kind)]];
  const roomsOf = (floor, kind) => floor.groups.find(([each]) => each === kind)?.[1] ?? [];

  const hourly = ([room, kind, minutes]) => t("hours_now", { clock: s.clock(minutes), room, word: s.zone_words[kind] });
  const zone = (kind) => html`<span class="z">${raw(zones[kind])} ${s.zones[kind]}</span>`;

  function places(made, floors) {
    const open = made.access[doc.zones.indexOf("public")] === "open";
    const standing = open ? t("standing") : t("standing_else", { access: tell(words(made, "public")) });
    const place = (floor) => html`${floors.length > 1 && html`<h3 class="floor-name">${floor.name}</h3>`}${
      floor.waiting && html`<p class="open-rooms">${t("wait_in", { room: html`<b>${floor.waiting}</b>` })}</p>`
    }${
      roomsOf(floor, "public").length
        ? html`<p class="open-rooms">${standing} <b>${roomsOf(floor, "public").join(", ")}</b>. ${t("not_behind")}</p>`
        : html`<p class="open-rooms">${t("no_open_room")}</p>`
    }`;
    const none = doc.open_floors.length || !floors.length;
    return html`<section class="do-box o-place" aria-labelledby="m"><h2 id="m">${icon("pin")} ${t("where_stand")}</h2>
${floors.map(place)}${clock.hours(floors).map((each) => html`<p class="open-rooms">${hourly(each)}</p>`)}
${
  none &&
  html`<p class="no-floor">${t(floors.length ? "no_plan_for" : "no_floor", {
    floors: doc.open_floors.join(", "),
    private: html`<b>${t("private")}</b>`,
  })}</p>`
}
</section>`;
  }

  const map = (floor) => raw(floor.map.replaceAll("{label}", escaped(attr("map_title", { floor: floor.name }))));

  function maps(made, floors) {
    const group = ([kind, rooms]) => html`<tbody>
<tr class="group"><th scope="rowgroup">${zone(kind)}</th><td>${tell(words(made, kind))}</td></tr>
${rooms.map((room) => html`<tr><th scope="row" colspan="2">${room}</th></tr>`)}</tbody>`;
    return floors.map(
      (floor, at) => html`<section class="do-box o-floor all" aria-labelledby="floor-${at + 1}"><h2 id="floor-${at + 1}">${icon("room")} ${t("floor", { floor: floor.name, number: floor.number })}</h2>
<div class="floor">
${floor.map && html`<div class="floor-map" tabindex="0" role="region" aria-label="${attr("map_of", { floor: floor.name })}">${map(floor)}</div>`}
<div class="scroll room-list" tabindex="0" role="region" aria-label="${attr("every_room", { floor: floor.name })}">
<table class="tight"><caption class="out">${t("every_room_long", { floor: floor.name })}</caption><thead><tr><th scope="col">${t("area_and_rooms")}</th><th scope="col">${t("answer")}</th></tr></thead>
${floor.groups.map(group)}</table></div>
</div>
</section>`,
    );
  }

  const why = (made, steps) => html`<section class="do-box why all" aria-labelledby="w"><h2 id="w">${icon("eye")} ${t("why")}</h2>
<dl>
${made.reasons.map(({ words: seen, so }) => html`<div><dt>${tell(seen)}</dt>${so && html`<dd>${tell(so)}</dd>`}</div>`)}
${made.papers.length > 0 && html`<div><dt>${t("papers_each")}</dt>${made.papers.map((paper, at) => html`<dd>${at + 1}. ${tell(paper)}</dd>`)}</div>`}
${made.change.length > 0 && html`<div><dt>${t("would_change")}</dt>${made.change.map((change) => html`<dd>${tell(change)}</dd>`)}</div>`}
<div><dt>${t("rule")}</dt><dd${s.enough}>${made.citations.join("; ")}.</dd><dd>${s.rules}. ${t("review_by", { day: s.review_by })}</dd>${doc.litigation && html`<dd>${tell(doc.litigation)}</dd>`}</div>
</dl>
<h3 class="answers-h">${t("your_answers")}</h3>
<div class="said-wide">${soFar(steps)}</div>
</section>`;

  // Several papers that mean something else for an arrest: each with its name.
  const arrest = ({ arrests }) =>
    arrests.length > 1
      ? arrests.map(([found, text], at) => html`${at > 0 && " "}${tell(found)}: ${tell(text)}`)
      : tell(arrests[0][1]);

  function answerPage({ made, steps, given }) {
    const sign = doc.signs[made.outcome];
    const floors = clock.floors();
    const shown = ["paper", "on_phone", "unsure"].includes(given.get("paper"));
    const again = made.papers.length ? "another_paper" : "second_paper";
    const next =
      made.outcome === "emergency" && !shown
        ? html`<button class="btn btn-big" type="submit" name="do" value="go_on">${icon("paper")} ${t("read_paper")}</button>`
        : html`<button class="btn btn-big" type="submit" name="do" value="another">${icon("paper")} ${t(shown ? again : "paper_now")}</button>`;
    return {
      title: s.plain(made.headline),
      main: html`<form id="desk-form" class="desk-in desk-answer" method="post" autocomplete="off" novalidate data-answered>
<section class="verdict verdict-${sign}" aria-labelledby="v">${raw(signs[sign])}<h1 id="v" tabindex="-1">${tell(made.headline)}</h1>
<p>${made.summary.map((text, at) => html`${at > 0 && " "}${tell(text)}`)}</p></section>
${made.notes.map((note) => html`<p class="all banner">${icon("flag")} ${tell(note)}</p>`)}
<div class="col">
<section class="do-box o-say" aria-labelledby="s"><h2 id="s">${icon("speech")} ${t("say_once")}</h2>
${aloud(doc.first_words, "say-first")}
${made.say.map((text) => aloud(text, "say"))}
<p class="small quiet">${tell(doc.pressed)}</p></section>
<section class="do-box o-dont" aria-labelledby="dont"><h2 id="dont">${icon("cross")} ${t("do_not")}</h2>
${points(made.mustNot, "cross")}</section>
</div>
<div class="col">
<section class="do-box o-call" aria-labelledby="c"><h2 id="c">${icon("phone")} ${t("call_now")}</h2>
${calls(callList(made.call))}</section>
<section class="do-box o-next" aria-labelledby="n"><h2 id="n">${icon("clock")} ${t("next")}</h2>
<ol class="next">${doc.next[made.outcome].map((text) => html`<li>${tell(text)}</li>`)}</ol></section>
<section class="do-box o-may" aria-labelledby="do"><h2 id="do">${icon("check")} ${t("you_may")}</h2>
${points(made.may, "check")}</section>
</div>
<div class="col">
${places(made, floors)}
<section class="do-box o-table" aria-labelledby="t"><h2 id="t">${icon("door")} ${t("by_area")}</h2>
<table class="access"><caption class="out">${t("by_area_long")}</caption><thead><tr><th scope="col">${t("area")}</th><th scope="col">${t("answer")}</th></tr></thead><tbody>
${doc.shown_zones.map((kind) => html`<tr><th scope="row">${zone(kind)}</th><td>${tell(words(made, kind))}</td></tr>`)}
<tr><th scope="row">${t("arrest")}</th><td>${arrest(made)}</td></tr>
</tbody></table></section>
${made.duties.length > 0 && html`<section class="do-box o-duty" aria-labelledby="duty"><h2 id="duty">${icon("flag")} ${t("in_state")}</h2>${points(made.duties, "dash")}</section>`}
</div>
${maps(made, floors)}
${why(made, steps)}
<div class="all row">
${next}
<button class="btn btn-big" type="submit" name="do" value="back">${icon("undo")} ${t("back")}</button>
<button class="btn btn-big" type="submit" name="do" value="again">${t("again")}</button>
<p class="small quiet">${t("nothing_kept")}</p></div>
</form>`,
    };
  }

  return { question, answer: answerPage, calls: callsPage, hold };
}
