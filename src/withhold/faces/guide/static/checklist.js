// The checklist: chooses, sorts, ticks. Every word of a step was written when the guide was built.
// What a person says is kept in this browser only; the only requests are for this guide's own files.

import { read, written } from "./checklist-file.js";
import { calendar } from "./calendar.js";
import * as kept from "./kept.js";

const $ = (id) => document.getElementById(id);
const list = $("list");
const words = JSON.parse(list.dataset.words);
const names = JSON.parse(list.dataset.names);
const built = list.dataset.built;
const files = new Map(); // platform -> its document, or the trouble it made
let state = kept.state();
let before = null; // what was forgotten, until the page is left
let shown = []; // the steps on the page

const today = () => {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
};
const days = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 86400000);
const fill = (text, gaps) => text.replace(/\{(\w+)\}/g, (all, gap) => gaps[gap] ?? all);
const lang = document.documentElement.lang;
const readable = (day) => // in English day before month, as on every other page
  new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long", timeZone: "UTC" })
    .format(new Date(day));

// What was asked --------------------------------------------------------------------------------

function accounts() {
  return state.platforms.flatMap((platform) => {
    const blogs = state.blogs[platform] ?? [];
    return (blogs.length ? blogs : [""]).map((name) => ({ platform, name, several: blogs.length > 1 }));
  });
}

function plan(account) {
  const file = files.get(account.platform);
  const option = $("place").selectedOptions[0];
  const audience = ["business", "page"].includes(state.kind) ? "public" : state.audience;
  return file.plans[file.chosen[`${state.kind}-${audience}`][Number(option.dataset.alike)]];
}

function of(account, step) {
  const key = account.name ? `${account.platform}:${account.name}` : account.platform;
  const id = account.several && account.name ? `${step.id}@${account.name}` : step.id;
  return { ...step, id, account: key, blog: account.name };
}

async function fetched(platform) {
  if (!files.get(platform)?.plans) {
    try {
      const answer = await fetch(`checklist/${platform}.json`);
      if (!answer.ok) throw new Error(String(answer.status));
      files.set(platform, await answer.json());
    } catch (trouble) {
      files.set(platform, { trouble });
    }
  }
}

// What is shown ---------------------------------------------------------------------------------

function top(steps, nothing) {
  const parts = [];
  for (const [one, many, kinds] of [
    ["top_switch", "top_switches", ["toggle", "robots"]],
    ["top_form", "top_forms", ["form"]],
    ["top_mail", "top_mails", ["email"]],
  ]) {
    const n = steps.filter((step) => kinds.includes(step.kind)).length;
    if (n) parts.push(fill(words[n === 1 ? one : many], { n }));
  }
  const offered = nothing.filter((one) => one.nothing_offered).length;
  if (offered) {
    parts.push(fill(words[offered === 1 ? "top_nothing_offered_one" : "top_nothing_offered"], { n: offered }));
  }
  if (!steps.length) {
    const said = words[nothing.length ? "top_nothing" : "top_all_closed"];
    return parts.length ? `${said} (${parts.at(-1)})` : said;
  }
  const n = steps.reduce((sum, step) => sum + step.minutes, 0);
  return `${fill(words[n === 1 ? "total_minute" : "total_minutes"], { n })}: ${parts.join("; ")}`;
}

function soon(step) {
  if (!step.before) return "";
  const left = days(today(), step.before);
  if (left < 0) return `${fill(words.since_then, { date: readable(step.before) })}: `;
  return `${fill(words[left === 1 ? "before_one" : "before"], { date: readable(step.before), days: left })}: `;
}

function element(step) {
  const item = $("step").content.cloneNode(true).firstElementChild;
  const part = (name) => item.querySelector(`.${name}`);
  const name = step.blog ? `${step.name} (${step.blog})` : step.name;
  item.dataset.step = step.id;
  part("soon").textContent = soon(step);
  part("name").textContent = name;
  part("act").textContent = step.act;
  part("minutes").textContent = fill(words.minutes, { n: step.minutes });
  part("words").innerHTML = step.words[state.menu] ?? step.words[""];
  part("body").innerHTML = step.html;
  const tick = part("tick");
  const on = part("on");
  on.setAttribute("aria-label", `${words.done_on}: ${name}, ${step.act}`);
  on.max = today();
  const draw = () => {
    const ticked = state.ticks[step.id];
    tick.checked = Boolean(ticked);
    part("done").hidden = !ticked;
    on.value = ticked?.on ?? "";
    item.classList.toggle("ticked", Boolean(ticked));
  };
  tick.addEventListener("change", () => {
    if (tick.checked) state.ticks[step.id] = { account: step.account, value: step.want, on: today() };
    else delete state.ticks[step.id];
    draw();
    keep();
  });
  on.addEventListener("change", () => {
    if (on.value && on.value <= today()) state.ticks[step.id].on = on.value;
    draw();
    keep();
  });
  draw();
  return item;
}

function nothingFor(account, one) {
  const part = document.createElement("div");
  part.className = "none";
  const head = document.createElement("h4");
  const name = names[account.platform] + (account.name ? ` (${account.name})` : "");
  head.textContent = fill(words.no_control_for, { name });
  part.append(head);
  part.insertAdjacentHTML("beforeend", one.html);
  return part;
}

async function draw() {
  const asked = Boolean(state.place && state.platforms.length);
  list.hidden = !asked;
  blogs();
  if (!asked) return say(state.place ? words.say_platforms : state.platforms.length ? words.say_place : "");
  await Promise.all(state.platforms.map(fetched));
  const able = accounts().filter((one) => files.get(one.platform)?.plans);
  const steps = able.flatMap((one) => plan(one).steps.map((step) => of(one, step)));
  const resorts = able.flatMap((one) => plan(one).last_resorts.map((step) => of(one, step)));
  const nothing = able.filter((one) => plan(one).no_control);
  steps.sort((a, b) => (a.before ?? "9999").localeCompare(b.before ?? "9999") || a.rank - b.rank);
  shown = [...steps, ...resorts];
  $("top").textContent = able.length ? top(steps, nothing.map((one) => plan(one).no_control)) : "";
  const place = $("place").selectedOptions[0].textContent;
  $("about").textContent = `${place} · ${fill(words.as_of, { date: readable(built) })}`;
  $("steps").replaceChildren(...steps.map(element));
  $("resorts").querySelector("ul").replaceChildren(...resorts.map(element));
  $("none").querySelector("div").replaceChildren(...nothing.map((one) => nothingFor(one, plan(one).no_control)));
  $("none").hidden = !nothing.length;
  $("resorts").hidden = !resorts.length;
  $("costly").hidden = !nothing.length && !resorts.length;
  trouble();
  blogs();
  say("");
}

function trouble() {
  const lost = state.platforms.filter((one) => !files.get(one)?.plans);
  $("trouble").hidden = !lost.length;
  $("trouble").replaceChildren(lost.length ? words.not_loaded : "", " ");
  for (const platform of lost) {
    const link = document.createElement("a");
    link.href = `${state.place.toLowerCase()}/${platform}/`;
    link.textContent = names[platform];
    $("trouble").append(link, " ");
  }
}

function blogs() {
  const wanted = state.platforms.filter((one) => ["blog", "site"].includes(files.get(one)?.per));
  const there = [...$("blogs").querySelectorAll("input")].map((one) => one.name);
  if (wanted.join() === there.join()) return;
  $("blogs").replaceChildren(...wanted.map((platform) => {
    const line = document.createElement("p");
    const label = document.createElement("label");
    const field = document.createElement("input");
    field.id = `blogs-${platform}`;
    field.name = platform;
    field.value = (state.blogs[platform] ?? []).join(" ");
    field.addEventListener("change", () => {
      const said = field.value.split(/[\s,]+/).filter(Boolean).slice(0, 50);
      state.blogs[platform] = [...new Set(said.map((one) => one.slice(0, 100)))];
      changed();
    });
    label.htmlFor = field.id;
    label.textContent = fill(words[files.get(platform).per === "blog" ? "blogs" : "sites"], { name: names[platform] });
    line.append(label, " ", field);
    return line;
  }));
}

function say(text, ...more) {
  $("told").hidden = !text;
  $("told").replaceChildren(text, ...more);
}

// What is kept ----------------------------------------------------------------------------------

function keep() {
  if (!kept.keep(state)) say(words.not_kept);
}

function changed() {
  keep();
  return draw();
}

function fromForm() {
  state.place = $("place").value;
  state.kind = $("kind").value;
  state.audience = $("audience").value;
  state.menu = $("menu").value;
  const ticked = [...document.querySelectorAll("input[name=platform]:checked")];
  state.platforms = ticked.map((one) => one.value);
  return changed();
}

function toForm() {
  for (const id of ["place", "kind", "audience", "menu"]) {
    const known = [...$(id).options].some((one) => one.value === state[id]);
    if (known) $(id).value = state[id];
    else state[id] = $(id).value;
  }
  for (const one of document.querySelectorAll("input[name=platform]")) {
    one.checked = state.platforms.includes(one.value);
    if (one.checked && !("suggested" in one.dataset)) $("others").open = true;
  }
  const order = [...document.querySelectorAll("input[name=platform]")].map((one) => one.value);
  state.platforms = order.filter((one) => state.platforms.includes(one));
}

function offer(text, type, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// What can be done ------------------------------------------------------------------------------

$("ask").addEventListener("submit", (event) => event.preventDefault());
$("ask").addEventListener("change", (event) => {
  if (!event.target.closest("#blogs")) fromForm();
});
$("suggested").addEventListener("click", () => {
  for (const one of document.querySelectorAll("input[data-suggested]")) one.checked = true;
  fromForm();
});
$("nothing").addEventListener("click", () => {
  for (const one of document.querySelectorAll("input[name=platform]")) one.checked = false;
  fromForm();
});
$("print").addEventListener("click", () => window.print());
$("save").addEventListener("click", () => {
  const text = written(state, accounts(), { built, lang, saved: today() });
  offer(text, "application/json", `withhold-checklist-${today()}.json`);
});
$("calendar").addEventListener("click", () => {
  offer(calendar(shown, state, words, today()), "text/calendar", `withhold-${today()}.ics`);
});
$("forget").addEventListener("click", () => {
  before = state;
  state = kept.nothing();
  state.menu = before.menu;
  kept.forget();
  toForm();
  draw();
  const undo = document.createElement("button");
  undo.type = "button";
  undo.textContent = words.undo;
  undo.addEventListener("click", () => {
    state = before;
    toForm();
    changed();
  });
  say(words.forgotten, " ", undo);
  undo.focus();
});
$("file").addEventListener("change", async () => {
  const file = $("file").files[0];
  if (!file) return;
  const found = file.size > 1048576 ? { why: "size" } : read(await file.text(), today());
  $("file").value = "";
  if (!found.state) return say(words[`file_${found.why}`] ?? words.file_form);
  state = { ...kept.nothing(), ...found.state, menu: found.state.menu ?? state.menu };
  toForm();
  await changed();
  const known = new Set(shown.map((one) => one.id));
  const strange = Object.keys(state.ticks).filter((one) => !known.has(one)).length + found.left;
  say(strange ? fill(words.file_strange, { n: strange }) : words.file_read);
});

// The beginning ---------------------------------------------------------------------------------

const said = new URLSearchParams(location.search);
if (said.has("place") || said.has("platforms")) {
  const platforms = (said.get("platforms") ?? "").split(/[\s,]+/).filter((one) => one in names);
  state.place = said.get("place")?.toUpperCase() ?? state.place;
  state.platforms = [...new Set([...state.platforms, ...platforms])];
  history.replaceState(null, "", location.pathname);
}
if (days(built, today()) > 90) {
  $("late").textContent = fill(words.late, { date: readable(built), days: days(built, today()) });
  $("late").hidden = false;
}
document.querySelector(".plainly").hidden = true;
$("ask").hidden = false;
$("load").hidden = false;
if (!state.menu && state.menu !== "") state.menu = $("menu").value;
toForm();
changed();
