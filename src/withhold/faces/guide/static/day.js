// Days, as YYYY-MM-DD in the calendar of the person who looks at the page.

const DAY = 86400000;
const FIRST = "2000-01-01"; // no switch of any platform is older; the program says the same

export const today = () => {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
};
export const days = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / DAY);
export const later = (day, n) => new Date(Date.parse(day) + n * DAY).toISOString().slice(0, 10);

// Whether something can have been done on that day: a real one, and not in the future.
export const could = (day) =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) && day >= FIRST && day <= today() &&
  !Number.isNaN(Date.parse(day)) && later(day, 0) === day;

const lang = document.documentElement.lang;
export const readable = (day) => // in English day before month, as on every other page
  new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long", timeZone: "UTC" })
    .format(new Date(day));
