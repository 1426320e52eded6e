// What the list looks like: a step, what no control closes, what could not be loaded.
// A name that a person gave stands in a `bdi`: as text, whatever is in it.

import { could, days, readable, today } from "./day.js";
import { fill, meant } from "./plan.js";

function soon(step, words) {
  if (!step.before) return "";
  const left = days(today(), step.before);
  if (left < 0) return `${fill(words.since_then, { date: readable(step.before) })}: `;
  return `${fill(words[left === 1 ? "before_one" : "before"], { date: readable(step.before), days: left })}: `;
}

// A step with its box and date; `kept` is called after every change of `state.ticks`.
export function element(step, state, words, kept) {
  const item = document.getElementById("step").content.cloneNode(true).firstElementChild;
  const part = (name) => item.querySelector(`.${name}`);
  const name = step.blog ? `${step.name} (${step.blog})` : step.name;
  item.dataset.step = step.id;
  part("soon").textContent = soon(step, words);
  part("name").textContent = name;
  part("act").textContent = step.act;
  part("minutes").textContent = fill(words.minutes, { n: step.minutes });
  part("words").innerHTML = step.words[state.menu] ?? step.words[""];
  part("body").innerHTML = step.html;
  const tick = part("tick");
  const on = part("on");
  on.setAttribute("aria-label", `${words.done_on}: ${name}, ${step.act}`);
  on.max = today();
  const ticked = () => state.ticks.find((one) => meant(one, step));
  const draw = () => {
    tick.checked = Boolean(ticked());
    part("done").hidden = !ticked();
    on.value = ticked()?.on ?? "";
    item.classList.toggle("ticked", Boolean(ticked()));
  };
  tick.addEventListener("change", () => {
    if (tick.checked) state.ticks.push({ step: step.id, account: step.account, value: step.want, on: today() });
    else state.ticks = state.ticks.filter((one) => !meant(one, step));
    draw();
    kept();
  });
  // While a day is typed it passes through others (the year 2 on the way to 2026). Each that can be
  // is kept, in case the page is closed; if the last cannot be, the day before all that comes back.
  let before = "";
  on.addEventListener("focus", () => { before = on.value; });
  const take = (day) => {
    if (!could(day)) return;
    ticked().on = day;
    kept();
  };
  on.addEventListener("change", () => take(on.value));
  on.addEventListener("blur", () => {
    if (!could(on.value)) take(before);
    draw();
  });
  draw();
  return item;
}

export function nothingFor(one, names, words) {
  const part = document.createElement("div");
  part.className = "none";
  const head = document.createElement("h4");
  const name = document.createElement("bdi");
  const { platform, name: blog } = one.account;
  name.textContent = names[platform] + (blog ? ` (${blog})` : "");
  const [before, after] = words.no_control_for.split("{name}");
  head.append(before, name, after);
  part.append(head);
  part.insertAdjacentHTML("beforeend", one.html);
  return part;
}

// Links to the plain pages of platforms whose file could not be loaded.
export function plainly(platforms, place, names) {
  return platforms.flatMap((platform) => {
    const link = document.createElement("a");
    link.href = `${place.toLowerCase()}/${platform}/`;
    link.textContent = names[platform];
    return [" ", link];
  });
}
