// Walks the desk's table (zonemap/work/desk_table.py): what is asked next, and what the answers come to. It knows no
// rule: questions, outcomes and their order stand in the table. The same visit gives the same here and on the server.

const PRESSED = ["danger_now", "entering_now"];
const doubted = (said) => said === "unsure" || (Array.isArray(said) && said.length === 1 && said[0] === "unsure");
const once = (all) => [...new Set(all)];

export const nothingSaid = () => ({ given: new Map(), further: 0, goOn: false });

export function deskTable(table) {
  const ofPaper = new Set(table.paper_keys);
  const trio = new Set(table.scene_keys.slice(0, 3));
  const field = (key, paper) => (paper > 1 && ofPaper.has(key) ? `paper${paper}-${key}` : key);
  const line = (at) => table.lines[at];

  // --- the answers ----------------------------------------------------------------------------------------------

  const urgent = (answers) => PRESSED.some((key) => answers.given.get(key) === "yes");
  const saying = (answers, name, said) => ({ ...answers, given: new Map(answers.given).set(name, said) });
  const without = (answers, name) => {
    const given = new Map(answers.given);
    for (const each of trio.has(name) ? trio : [name]) given.delete(each);
    return { ...answers, given };
  };
  // In an emergency what was said of the scene before it is over, and counts no more.
  const counts = (answers, name) => {
    const said = answers.given.get(name);
    return said !== undefined && (!trio.has(name) || said === "yes" || !urgent(answers));
  };

  // --- one paper ------------------------------------------------------------------------------------------------

  const sceneOf = (said) => table.scenes[table.scene_keys.map((key) => said.get(key) ?? "").join("|")];
  const calm = (said) =>
    PRESSED.some((key) => said.get(key) === "yes") ? new Map([...said, ...PRESSED.map((key) => [key, "no"])]) : said;
  const keysOf = (ask) => once(table.questions[ask].options.map(([key]) => key));

  const way = (key, said) => {
    const alike = (word) => table.alike[key]?.[word] ?? word;
    return `${key}=${Array.isArray(said) ? once(said.map(alike)).sort().join("+") : alike(said)}`;
  };
  const nodeOf = (scene, said) => {
    let node = table.nodes[scene.root];
    while (node[0]) {
      const key = keysOf(node[0]).find((each) => said.has(each));
      if (!key) break;
      node = table.nodes[node[1][way(key, said.get(key))]];
    }
    return node;
  };
  const nextQuestion = (said) => {
    const quiet = calm(said);
    if ([...quiet.values()].filter(doubted).length >= table.unsure_most) return null;
    const scene = sceneOf(quiet);
    return scene.ask ?? (scene.root === undefined ? null : nodeOf(scene, quiet)[0]);
  };
  const outcomeOf = (said) => {
    const scene = sceneOf(said);
    return table.outcomes[scene.root === undefined ? scene.out : nodeOf(scene, said)[2][scene.column]];
  };

  function readPaper(answers, paper) {
    const said = new Map();
    const steps = [];
    for (;;) {
      const ask = nextQuestion(said);
      if (!ask) return { said, steps, open: null };
      const answered = keysOf(ask).filter((key) => counts(answers, field(key, paper)));
      if (!answered.length) {
        const [key] = keysOf(ask);
        return { said, steps, open: { ask, key, paper: ofPaper.has(key) ? paper : 1, field: field(key, paper) } };
      }
      for (const key of answered) {
        said.set(key, answers.given.get(field(key, paper)));
        steps.push({ key, paper: ofPaper.has(key) ? paper : 1, field: field(key, paper) });
      }
    }
  }

  function read(answers) {
    const papers = [];
    for (let paper = 1; paper <= answers.further + 1; paper++) {
      papers.push(readPaper(answers, paper));
      if (papers.at(-1).open) break;
    }
    return papers;
  }

  // --- the visit ------------------------------------------------------------------------------------------------

  function walk(answers) {
    const papers = read(answers);
    const steps = new Map(papers.flatMap(({ steps }) => steps.map((step) => [step.field, step])));
    const stands = urgent(answers) && !answers.goOn;
    return { steps: [...steps.values()], open: stands ? null : papers.at(-1).open };
  }

  function back(answers) {
    const { steps } = walk(answers);
    if (answers.given.get("entering_now") === "yes" && answers.given.size > 1 && !answers.goOn) {
      const given = new Map(answers.given);
      given.delete("entering_now");
      return { ...answers, given };
    }
    if (urgent(answers) && !answers.goOn) return without(answers, "danger_now");
    if (answers.further && steps.every(({ paper }) => paper <= answers.further)) {
      return { ...answers, further: answers.further - 1 };
    }
    return steps.length ? without(answers, steps.at(-1).field) : answers;
  }

  function another(answers) {
    const reading = { ...answers, goOn: urgent(answers) };
    if ([undefined, "none", "verbal_only"].includes(reading.given.get("paper"))) {
      const known = [...trio].some((key) => reading.given.has(key));
      return without(known ? reading : saying(reading, "danger_now", "no"), "paper");
    }
    if (walk(reading).open || answers.further >= table.further_most) return reading;
    return { ...reading, further: answers.further + 1 };
  }

  function turned(answers, deed, about) {
    if (deed === "again") return nothingSaid();
    if (deed === "back") return back(answers);
    if (deed === "change" && about) return without(answers, about);
    if (deed === "going_in") return { ...saying(answers, "entering_now", "yes"), goOn: false };
    if (deed === "go_on") return { ...answers, goOn: true };
    return deed === "another" ? another(answers) : answers;
  }

  // --- the answer -----------------------------------------------------------------------------------------------

  function saidOfEach(answers) {
    const papers = read(answers);
    const scene = [...papers[0].said].filter(([key]) => table.scene_keys.includes(key));
    return Array.from({ length: answers.further + 1 }, (_, at) => {
      const said = new Map(papers[at]?.said ?? scene);
      for (const key of PRESSED) if (answers.given.get(key) === "yes") said.set(key, "yes");
      return said;
    });
  }

  const rank = ({ outcome, access }) => [
    table.leading.indexOf(outcome),
    Math.min(...access.map((word) => table.strictest.indexOf(word))),
  ];
  const before = (left, right) => left[0] - right[0] || left[1] - right[1];

  // What each class of paper means for an arrest: once where all mean the same.
  function arrestsOf(papers) {
    const said = new Map(papers.map((each) => [each.class, each.arrest]));
    const parts = [...said].map(([found, text]) => [line(found), line(text)]);
    return new Set(said.values()).size === 1 ? parts.slice(0, 1) : parts;
  }
  const arrest = (parts) => (parts.length === 1 ? parts[0][1] : parts.map((part) => part.join(": ")).join(" "));

  // Several papers: each counts for what it covers, and the strictest duty leads.
  function joined(found) {
    let lead = 0;
    for (const at of found.keys()) if (before(rank(found[at]), rank(found[lead])) < 0) lead = at;
    const papers = [found[lead], ...found.filter((_, at) => at !== lead)];
    const all = (part) => once(papers.flatMap((each) => each[part])).map((each) => (part === "call" ? each : line(each)));
    const strictest = (zone) => papers.map(({ access }) => access[zone]).sort(byStrictness)[0];
    return { lead, papers, all, access: papers[0].access.map((_, zone) => strictest(zone)) };
  }
  const byStrictness = (left, right) => table.strictest.indexOf(left) - table.strictest.indexOf(right);

  function reasons(outcome, said, steps) {
    return outcome.reasons
      .filter((each) => typeof each === "string" || !each[1] || steps.some(({ key }) => key === each[0]))
      .map((each) => (typeof each === "string" ? seen(each, said.get(each)) : { words: line(each[2]), so: line(each[3]) }));
  }

  function seen(key, said) {
    const { short, answers } = table.words[key];
    const words = Array.isArray(said) ? [...said].sort() : [said];
    const so = words.map((word) => answers[word][1]).find((text) => text) ?? "";
    return { words: `${short}: ${words.map((word) => answers[word][0]).join(", ")}`, so };
  }

  function answer(answers) {
    const said = saidOfEach(answers);
    const found = said.map(outcomeOf);
    const { lead, papers, all, access } = joined(found);
    const [first] = papers;
    const notes = all("notes");
    return {
      outcome: first.outcome,
      class: first.paper,
      headline: line(first.headline),
      summary: first.summary.map(line),
      say: first.say.map(line),
      mustNot: all("must_not"),
      may: first.may.map(line),
      call: all("call"),
      arrest: arrest(arrestsOf(papers)),
      arrests: arrestsOf(papers),
      notes: found.length > 1 ? once([table.several_papers, ...notes]) : notes,
      duties: all("duties"),
      citations: all("citations"),
      change: first.change.map(line),
      access,
      reasons: reasons(first, said[lead], walk(answers).steps),
      papers: found.length > 1 ? found.map((each) => line(each.class)) : [],
    };
  }

  return { walk, turned, answer, saying, urgent, seen };
}
