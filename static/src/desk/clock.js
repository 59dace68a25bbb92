// The facility's own clock: which state each floor is in at this minute of the week, and who takes calls.

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

function minuteOfWeek(zone, when) {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const part = Object.fromEntries(parts.formatToParts(when).map(({ type, value }) => [type, value]));
  return DAYS.indexOf(part.weekday) * 1440 + Number(part.hour) * 60 + Number(part.minute);
}

// As model/hours.Spell.covers, by minutes of the week.
function covers([days, start, end], minute) {
  const [today, now] = [Math.floor(minute / 1440), minute % 1440];
  if (start < end) return days.includes(today) && start <= now && now < end;
  return (days.includes(today) && now >= start) || (days.includes((today + 6) % 7) && now < end);
}

export function deskClock(doc, now = () => new Date()) {
  const minute = () => minuteOfWeek(doc.clock, now());
  return {
    floors: () => {
      const at = minute();
      return doc.floors.map(({ week, states, ...floor }) => ({
        ...floor,
        ...states[week.filter(([start]) => start <= at).at(-1)[1]],
      }));
    },
    // For each room with hours of its own: what it is now, and the minute of the day.
    hours: (floors) => floors.flatMap(({ hours }) => hours.map(([room, kind]) => [room, kind, minute() % 1440])),
    // Who takes calls now; everybody where nobody does.
    onDuty: (contacts) => {
      const at = minute();
      const there = contacts.filter(({ duty }) => !duty.length || duty.some((spell) => covers(spell, at)));
      return there.length ? there : contacts;
    },
    // The server counts days in UTC; so does this.
    pastDate: () => !doc.stale && now().toISOString().slice(0, 10) > doc.good_until,
  };
}
