// The facility's own clock: which state each floor is in at this minute of the week, and the words for it.

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

function minuteOfWeek(zone, when) {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const part = Object.fromEntries(parts.formatToParts(when).map(({ type, value }) => [type, value]));
  return DAYS.indexOf(part.weekday) * 1440 + Number(part.hour) * 60 + Number(part.minute);
}

// As model/hours.spoken_time: 6 pm, 7:30 am, noon, midnight.
export function spokenTime(minutes) {
  const [hour, minute] = [Math.floor(minutes / 60) % 24, minutes % 60];
  if (minute === 0 && hour % 12 === 0) return hour ? "noon" : "midnight";
  const clock = `${((hour + 11) % 12) + 1}${minute ? `:${String(minute).padStart(2, "0")}` : ""}`;
  return `${clock} ${hour < 12 ? "am" : "pm"}`;
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
    sentences: (floors) => {
      const clock = spokenTime(minute() % 1440);
      return floors.flatMap(({ hours }) => hours.map(([room, word]) => `At this hour (${clock}), ${room} is ${word}.`));
    },
    // The server counts days in UTC; so does this.
    pastDate: () => !doc.stale && now().toISOString().slice(0, 10) > doc.good_until,
  };
}
