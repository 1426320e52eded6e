// The checklist as a file, `withhold/checklist/1`: read here again, or by `withhold import`.

import { could } from "./day.js";

const SCHEMA = "withhold/checklist/1";
const AT_MOST = 500; // accounts; as many as the program takes
const text = (one, most) => typeof one === "string" && one.length <= most;
const list = (one) => (Array.isArray(one) ? one : []);

export function written(state, accounts, { built, saved, lang }) {
  const body = {
    schema: SCHEMA,
    guide: built,
    saved,
    place: state.place,
    lang,
    menu_lang: state.menu,
    kind: state.kind,
    audience: ["business", "page"].includes(state.kind) ? "public" : state.audience,
    accounts: [...accounts.map(({ platform, name }) => ({ platform, name })), ...state.strange.accounts],
    ticks: [...state.ticks, ...state.strange.ticks],
  };
  return JSON.stringify(body, null, 2);
}

// The state in a file; `left` counts the entries that this guide has no place for, `why` says that
// there was no checklist in it at all. `known` has what can be chosen. A file is a stranger's until
// it has been looked at; what is not understood is kept as it is, for the file that is saved next.
export function read(body, known) {
  let found;
  try {
    found = JSON.parse(body);
  } catch {
    return { why: "form" };
  }
  const schema = text(found?.schema, 60) ? found.schema : "";
  const version = Number(/^withhold\/checklist\/(\d{1,6})$/.exec(schema)?.[1]);
  if (version !== 1) return { why: version > 1 ? "newer" : "form" };
  const state = { platforms: [], blogs: {}, ticks: [], strange: { accounts: [], ticks: [] } };
  const accounts = list(found.accounts);
  const named = new Set(accounts.filter((one) => one?.name).map((one) => one.platform));
  accounts.forEach((one, number) => {
    const name = one?.name ?? "";
    const fits = number < AT_MOST && known.platforms.includes(one?.platform) && text(name, 100);
    if (!fits || (!name && named.has(one.platform))) state.strange.accounts.push(one);
    else {
      if (!state.platforms.includes(one.platform)) state.platforms.push(one.platform);
      const names = (state.blogs[one.platform] ??= []);
      if (name && !names.includes(name)) names.push(name);
    }
  });
  for (const one of list(found.ticks)) {
    const fits = text(one?.step, 300) && text(one.account, 300) && text(one.value, 60) && could(one.on);
    if (fits) state.ticks.push({ step: one.step, account: one.account, value: one.value, on: one.on });
    else state.strange.ticks.push(one);
  }
  let left = state.strange.accounts.length + state.strange.ticks.length;
  for (const [name, from] of [["place", "place"], ["kind", "kind"], ["audience", "audience"], ["menu", "menu_lang"]]) {
    const said = name === "place" ? String(found.place ?? "").toUpperCase() : found[from];
    if (known[name].includes(said)) state[name] = said;
    else if (said !== undefined) left += 1;
  }
  return { state, left };
}
