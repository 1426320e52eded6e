// The checklist: chooses, sorts, ticks. Every word of a step was written when the guide was built.
// What a person says is kept in this browser only; the only requests are for this guide's own files.

import { calendar } from "./calendar.js";
import { read, written } from "./checklist-file.js";
import { days, readable, today } from "./day.js";
import * as kept from "./kept.js";
import { element, nothingFor, plainly } from "./list.js";
import { accounts, fill, load, lost, meant, per, plan, top } from "./plan.js";

const $ = (id) => document.getElementById(id);
const list = $("list");
const words = JSON.parse(list.dataset.words);
const names = JSON.parse(list.dataset.names);
const built = list.dataset.built;
const lang = document.documentElement.lang;
const boxes = [...document.querySelectorAll("input[name=platform]")];
const fields = ["place", "kind", "audience", "menu"];
const known = { platforms: boxes.map((one) => one.value) };
for (const id of fields) known[id] = [...$(id).options].map((one) => one.value);
let state = kept.state();
let stored = true; // whether this browser keeps what is said
let shown = []; // the steps on the page
let turn = 0; // which drawing is the newest

// What is shown ---------------------------------------------------------------------------------

async function draw() {
  const mine = ++turn;
  const asked = Boolean(state.place && state.platforms.length);
  list.hidden = !asked;
  blogs();
  if (!asked) {
    shown = [];
    say(state.place ? words.say_platforms : state.platforms.length ? words.say_place : "");
    return;
  }
  await load(state.platforms);
  if (mine !== turn) return; // something else was said in the meantime
  const option = $("place").selectedOptions[0];
  const found = plan(state, Number(option.dataset.alike));
  const missing = lost(state.platforms);
  shown = [...found.steps, ...found.resorts];
  const elements = (steps) => steps.map((one) => element(one, state, words, keep));
  $("top").textContent = missing.length < state.platforms.length ? top(found, words) : "";
  $("about").textContent = `${option.textContent} · ${fill(words.as_of, { date: readable(built) })}`;
  $("steps").replaceChildren(...elements(found.steps));
  $("resorts").querySelector("ul").replaceChildren(...elements(found.resorts));
  $("none").querySelector("div").replaceChildren(...found.nothing.map((one) => nothingFor(one, names, words)));
  $("none").hidden = !found.nothing.length;
  $("resorts").hidden = !found.resorts.length;
  $("costly").hidden = !found.nothing.length && !found.resorts.length;
  $("trouble").hidden = !missing.length;
  $("trouble").replaceChildren(...(missing.length ? [words.not_loaded, ...plainly(missing, state.place, names)] : []));
  blogs();
  say("");
}

// A field for the names of blogs, where each has a switch of its own.
function blogs() {
  const wanted = state.platforms.filter((one) => per(one) !== "account");
  const there = [...$("blogs").querySelectorAll("input")].map((one) => one.name);
  if (wanted.join() === there.join()) return;
  $("blogs").replaceChildren(...wanted.map((platform) => {
    const line = document.createElement("p");
    const label = document.createElement("label");
    const field = document.createElement("input");
    field.id = `blogs-${platform}`;
    field.name = platform;
    field.dir = "auto";
    field.value = (state.blogs[platform] ?? []).join(" ");
    field.addEventListener("change", () => named(platform, field.value.split(/[\s,]+/).filter(Boolean)));
    label.htmlFor = field.id;
    label.textContent = fill(words[per(platform) === "blog" ? "blogs" : "sites"], { name: names[platform] });
    line.append(label, " ", field);
    return line;
  }));
}

function named(platform, said) {
  const before = state.blogs[platform] ?? [];
  const now = [...new Set(said.slice(0, 50).map((one) => one.slice(0, 100)))];
  state.blogs[platform] = now;
  if (!before.length && now.length === 1) { // the one blog got its name: what was done stays done
    for (const one of state.ticks) if (one.account === platform) one.account = `${platform}:${now[0]}`;
  }
  changed();
}

function say(text, ...more) {
  const told = [text, ...more, stored ? "" : words.not_kept].filter(Boolean);
  $("told").hidden = !told.length;
  $("told").replaceChildren(...told.flatMap((one) => [one, " "]));
}

// What is kept ----------------------------------------------------------------------------------

function keep() {
  stored = kept.keep(state);
  if (!stored) say("");
}

function changed() {
  keep();
  return draw();
}

function fromForm() {
  for (const id of fields) state[id] = $(id).value;
  state.platforms = boxes.filter((one) => one.checked).map((one) => one.value);
  return changed();
}

function toForm() {
  for (const id of fields) {
    if (!known[id].includes(state[id])) state[id] = kept.nothing()[id] ?? lang;
    $(id).value = state[id];
  }
  for (const one of boxes) {
    one.checked = state.platforms.includes(one.value);
    if (one.checked && !("suggested" in one.dataset)) $("others").open = true;
  }
  state.platforms = known.platforms.filter((one) => state.platforms.includes(one));
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
  for (const one of boxes) one.checked ||= "suggested" in one.dataset;
  fromForm();
});
$("nothing").addEventListener("click", () => {
  for (const one of boxes) one.checked = false;
  fromForm();
});
$("print").addEventListener("click", () => window.print());
$("save").addEventListener("click", () => {
  const text = written(state, accounts(state), { built, lang, saved: today() });
  offer(text, "application/json", `withhold-checklist-${today()}.json`);
});
$("calendar").addEventListener("click", () => {
  offer(calendar(shown, state, words, today()), "text/calendar", `withhold-${today()}.ics`);
});
$("forget").addEventListener("click", () => {
  const before = state;
  state = { ...kept.nothing(), menu: before.menu };
  kept.forget();
  toForm();
  draw();
  const undo = document.createElement("button");
  undo.type = "button";
  undo.textContent = words.undo;
  undo.addEventListener("click", async () => {
    state = before;
    toForm();
    await changed();
    $("forget").focus();
  });
  say(words.forgotten, undo);
  undo.focus();
});
$("file").addEventListener("change", async () => {
  const file = $("file").files[0];
  if (!file) return;
  const found = file.size > 1048576 ? { why: "size" } : read(await file.text(), known);
  $("file").value = "";
  if (!found.state) return say(words[`file_${found.why}`]);
  state = { ...kept.nothing(), menu: state.menu, ...found.state };
  toForm();
  await changed();
  const homeless = state.ticks.filter((tick) => !shown.some((step) => meant(tick, step)));
  const n = homeless.length + found.left;
  say(n ? fill(words.file_strange, { n }) : words.file_read);
});

// The beginning ---------------------------------------------------------------------------------

const said = new URLSearchParams(location.search);
if (said.has("place") || said.has("platforms")) {
  const place = said.get("place")?.toUpperCase();
  if (place && known.place.includes(place)) state.place = place;
  state.platforms = [...state.platforms, ...(said.get("platforms") ?? "").split(/[\s,]+/)];
  history.replaceState(null, "", location.pathname);
}
if (days(built, today()) > 90) {
  $("late").textContent = fill(words.late, { date: readable(built), days: days(built, today()) });
  $("late").hidden = false;
}
document.querySelector(".plainly").hidden = true;
$("ask").hidden = false;
$("load").hidden = false;
toForm();
changed();
